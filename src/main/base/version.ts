import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appRoot } from './app-root.ts'

/** The version of this checkout, from its package.json. */
export function readVersion(): string {
  const manifest = JSON.parse(readFileSync(join(appRoot, 'package.json'), 'utf8')) as { readonly version: string }
  return manifest.version
}
