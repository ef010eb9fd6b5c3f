/** What the address of the window's page says beside the place in it: the project to open first. */
export function windowSearch(project: string | undefined): string {
  return project === undefined ? '' : `?${new URLSearchParams({ project }).toString()}`
}

/** The project that the address names; undefined where it names none. `search` is the part from the question mark. */
export function projectInSearch(search: string): string | undefined {
  return new URLSearchParams(search).get('project') ?? undefined
}
