import { MillraceError } from '#shared/errors.ts'

/** The port that `--port` names; undefined where it is not given. */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new MillraceError({ code: 'usage', headline: `"${text}" is no port`, nextStep: 'Name a number up to 65535, or leave --port out.', details: { value: text } })
}
