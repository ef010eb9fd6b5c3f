import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'electron-vite'
import { PAGE_POLICY } from './src/shared/content-security-policy.ts'

const root = import.meta.dirname

/** Every source of the main process by its path: workers and lazy modules are reached by URL, which a bundler cannot follow. */
const mainSources = Object.fromEntries(
  globSync('src/{main,shared}/**/*.ts', { cwd: root })
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => [path.slice('src/'.length, -'.ts'.length), join(root, path)]),
)

/** Sources that were removed must not live on in the built tree, which keeps one file per source. */
const freshTree = {
  name: 'millrace:fresh-tree',
  buildStart: () => {
    for (const folder of ['main', 'shared']) rmSync(join(root, 'out', folder), { recursive: true, force: true })
  },
}

/** Puts the policy into the built page; the development server needs a looser one for its live updates. */
const pagePolicy = {
  name: 'millrace:page-policy',
  apply: 'build' as const,
  transformIndexHtml: () => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY }, injectTo: 'head-prepend' as const }],
}

/** Packs the files of the page beside them, for browsers on the other end of a tunnel. */
const packed = {
  name: 'millrace:packed',
  apply: 'build' as const,
  writeBundle: ({ dir = '' }: { readonly dir?: string }, bundle: Readonly<Record<string, unknown>>) => {
    for (const name of Object.keys(bundle).filter((name) => /\.(js|css|html|svg)$/.test(name))) {
      const path = join(dir, name)
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
    }
  },
}

/** Where only the page is wanted: the folder to build it into. */
const pageFolder = process.env.MILLRACE_PAGE_FOLDER

const host = {
  main: {
    plugins: [freshTree],
    build: {
      outDir: 'out',
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: mainSources,
        output: { format: 'es', preserveModules: true, preserveModulesRoot: join(root, 'src'), entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        input: { index: join(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
} satisfies UserConfig

const page = {
  renderer: {
    root: join(root, 'src/renderer'),
    // plotly.js is written for bundlers that give it Node's name of the global object.
    define: { global: 'globalThis' },
    plugins: [react(), pagePolicy, packed],
    build: {
      outDir: pageFolder ?? join(root, 'out/renderer'),
      manifest: true,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: join(root, 'src/renderer/index.html') } },
    },
  },
} satisfies UserConfig

export default defineConfig(pageFolder === undefined ? { ...host, ...page } : page)
