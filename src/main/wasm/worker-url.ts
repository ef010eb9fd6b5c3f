/**
 * Where the entry of a worker thread lies: `.ts` beside a source that runs unbuilt, `.js` beside a bundled one.
 * @param entry path of the entry relative to the caller, ending in `.ts`
 * @param caller the caller's `import.meta.url`
 */
export function workerUrl(entry: string, caller: string): URL {
  return new URL(caller.endsWith('.ts') ? entry : entry.replace(/\.ts$/, '.js'), caller)
}
