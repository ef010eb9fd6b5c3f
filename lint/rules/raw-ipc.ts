import { projectPath } from '../project-path.ts'
import { defineRule } from '../rule.ts'

const TRANSPORT: readonly string[] = ['src/main/hosts/electron/transport.ts', 'src/preload/transport.ts']

/** `ipcMain` and `ipcRenderer` appear in the transport alone: there the sender is checked and messages are parsed. */
export const rawIpc = defineRule('Only the transport speaks over IPC', (context) => {
  const file = projectPath(context.filename, context.cwd)
  if (!file.startsWith('src/') || TRANSPORT.includes(file)) return {}
  const seen = new Set<number>()
  return {
    Identifier: (node) => {
      if (node.name !== 'ipcMain' && node.name !== 'ipcRenderer') return
      // `import { x }` holds the one word twice, as the imported and as the local name.
      if (seen.has(node.start)) return
      seen.add(node.start)
      context.report({ node, message: `Raw ${node.name}: add a method to the contract and call it through the transport (${TRANSPORT.join(', ')}).` })
    },
  }
})
