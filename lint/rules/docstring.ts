import { projectPath } from '../project-path.ts'
import { defineRule, type Visitor } from '../rule.ts'

/** Every exported function says in a sentence what it does. */
export const docstring = defineRule('Exported functions have a docstring', (context) => {
  if (!projectPath(context.filename, context.cwd).startsWith('src/')) return {}
  const documented = new Set<string>()
  return {
    ExportNamedDeclaration: (node) => {
      const name = functionName(node.declaration)
      if (name === undefined) return
      const before = context.sourceCode.getCommentsBefore(node)
      if (before.some((comment) => comment.type === 'Block' && comment.value.startsWith('*'))) documented.add(name)
      if (documented.has(name)) return
      context.report({ node, message: `Say in one sentence what ${name} does: /** … */ above it (numbers: shapes, units, ranges, errors, source).` })
    },
  }
})

type Exported = Parameters<NonNullable<Visitor['ExportNamedDeclaration']>>[0]['declaration']

function functionName(declaration: Exported): string | undefined {
  if (declaration === null) return undefined
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'TSDeclareFunction') return declaration.id?.name ?? 'this function'
  if (declaration.type !== 'VariableDeclaration') return undefined
  const [first] = declaration.declarations
  const isFunction = first?.init?.type === 'ArrowFunctionExpression' || first?.init?.type === 'FunctionExpression'
  if (first === undefined || !isFunction) return undefined
  return first.id.type === 'Identifier' ? first.id.name : 'this function'
}
