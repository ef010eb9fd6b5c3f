import { isWithin } from '../floors.ts'
import { projectPath } from '../project-path.ts'
import { defineRule } from '../rule.ts'

const PURE: readonly string[] = ['src/shared', 'src/main/table', 'src/main/learn', 'src/main/stages']

const FIXES: Readonly<Record<string, string>> = {
  'Math.random': 'draw from the Rng that is handed in, or the same seed gives another result',
  'Date.now': 'ask the Clock that is handed in',
  'performance.now': 'ask the Clock that is handed in',
  'process.env': 'take the setting as an argument',
}

/** Clocks, randomness and the environment are handed in, so that the same seed gives the same result. */
export const hiddenEffects = defineRule('No hidden clock, randomness or environment', (context) => {
  const file = projectPath(context.filename, context.cwd)
  if (!PURE.some((folder) => isWithin(file, folder))) return {}
  return {
    MemberExpression: (node) => {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier' || node.computed) return
      const effect = `${node.object.name}.${node.property.name}`
      const fix = FIXES[effect]
      if (fix !== undefined) context.report({ node, message: `No ${effect} here: ${fix}.` })
    },
    NewExpression: (node) => {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || node.arguments.length > 0) return
      context.report({ node, message: `No new Date() here: ${FIXES['Date.now']}.` })
    },
  }
})
