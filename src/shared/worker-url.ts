/** URL of a module beside the caller, `.ts` in the sources and `.js` in the built tree; every thread and lazy module starts from it. */
export function workerUrl(path: string, importMetaUrl: string): URL {
  const built = importMetaUrl.replace(/[?#].*$/, '').endsWith('.js')
  return new URL(built ? path.replace(/\.ts$/, '.js') : path, importMetaUrl)
}
