/** What the command line asks the desktop window to open: a project, or the sample project, which is made where it is not there. */
export type Wish = { readonly project?: string; readonly sample?: string }

/** The wish in the arguments of a process, e.g. `--project DIR`; others are Electron's own. */
export function wishOf(given: readonly string[]): Wish {
  const valueOf = (name: string): string | undefined => {
    const at = given.indexOf(name)
    const value = at < 0 ? undefined : given[at + 1]
    return value === undefined || value === '' || value.startsWith('--') ? undefined : value
  }
  const [project, sample] = [valueOf('--project'), valueOf('--sample')]
  return { ...(project === undefined ? {} : { project }), ...(sample === undefined ? {} : { sample }) }
}
