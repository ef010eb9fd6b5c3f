import { resultOf, type Result } from '#shared/contract/result.ts'
import { encodeMessage } from '#shared/contract/wire.ts'
import { MillraceError, toErrorData } from '#shared/errors.ts'
import { HEADER_POLICY } from '#shared/content-security-policy.ts'
import { bodyType } from './gate.ts'
import { slicedBody } from './sliced-body.ts'

const common = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' }

/** A result as the body of an answer; what cannot be written down is answered as the defect that it is. */
export async function resultAnswer(result: Result, status = 200): Promise<Response> {
  const bytes = await resultOf(() => encodeMessage(result))
  const body = bytes.ok ? bytes.value : encodeMessage(bytes)
  return new Response(slicedBody(body), { status, headers: { ...common, 'content-type': bodyType, 'content-length': String(body.byteLength) } })
}

/** An error as the body of an answer; the connection ends with it, because a refused body is not read to its end. */
export async function errorAnswer(error: unknown, status: number): Promise<Response> {
  const answer = await resultAnswer({ ok: false, error: toErrorData(error) }, status)
  answer.headers.set('connection', 'close')
  return answer
}

/** Status of an answer by what went wrong on the way to the engine. */
export function statusOf(error: unknown): number {
  if (!(error instanceof MillraceError)) return 500
  const { code } = error.data
  if (code === 'refused') return 400
  if (code === 'timeout') return 408
  return code === 'disk-full' ? 507 : 500
}

/** A page of one sentence, for people who come by another way than the printed address. */
export function sentencePage(sentence: string, status: number, goOn?: string): Response {
  const refresh = goOn === undefined ? '' : `<meta http-equiv="refresh" content="0; url=${escaped(goOn)}">`
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">${refresh}<title>Millrace</title></head><body><p>${escaped(sentence)}</p></body></html>`
  return new Response(body, { status, headers: { ...common, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': HEADER_POLICY } })
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.codePointAt(0))};`)
}
