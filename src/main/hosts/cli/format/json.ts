/** Version of the `--json` shapes in docs/cli.md; raised when a field changes its meaning or goes. */
export const jsonVersion = 1

/** A result as `--json` prints it: the version first; what is not known is null, so that every field is always there. */
export function formatJson(value: object): string {
  return `${JSON.stringify({ json: jsonVersion, ...value }, (_key, member: unknown) => (member === undefined ? null : member), 2)}\n`
}
