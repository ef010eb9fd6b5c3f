import { registerHooks } from 'node:module'

/** `node --import …/register.ts out/main/index.js`: the built entry on plain Node, with the stand-in as its Electron. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main' ? { url: new URL('electron.ts', import.meta.url).href, shortCircuit: true } : next(specifier, context),
})
