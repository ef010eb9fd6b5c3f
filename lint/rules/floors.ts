import { importProblem } from '../floors.ts'
import { projectPath } from '../project-path.ts'
import { defineRule } from '../rule.ts'

/** Imports go down: statically, dynamically, for types alone, and to worker files by `new URL(…, import.meta.url)`. */
export const floors = defineRule('Imports go from a floor to the floors below it', (context) => {
  const file = projectPath(context.filename, context.cwd)

  function check(node: Parameters<typeof context.report>[0]['node'], specifier: unknown): void {
    if (typeof specifier !== 'string') return
    const message = importProblem(file, specifier)
    if (message !== undefined && node !== undefined) context.report({ node, message })
  }

  return {
    ImportDeclaration: (node) => check(node.source, node.source.value),
    ExportAllDeclaration: (node) => check(node.source, node.source.value),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) check(node.source, node.source.value)
    },
    ImportExpression: (node) => {
      if (node.source.type === 'Literal') check(node.source, node.source.value)
    },
    TSImportType: (node) => check(node.source, node.source.value),
    CallExpression: (node) => {
      const [first] = node.arguments
      if (node.callee.type === 'Identifier' && node.callee.name === 'require' && first?.type === 'Literal') check(first, first.value)
    },
    NewExpression: (node) => {
      const [first] = node.arguments
      const isUrl = node.callee.type === 'Identifier' && node.callee.name === 'URL'
      if (isUrl && first?.type === 'Literal' && /^\.{1,2}\/.*\.[jt]sx?$/.test(String(first.value))) check(first, first.value)
    },
  }
})
