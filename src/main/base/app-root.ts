import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds `src/` or `out/`, `resources/` and `package.json`; the same depth in both trees. */
export const appRoot = fileURLToPath(new URL('../../../', import.meta.url))

/** Path of a shipped resource, e.g. `resourcePath('kernels', 'boosting.wasm')`. */
export function resourcePath(...parts: readonly string[]): string {
  return join(appRoot, 'resources', ...parts)
}
