import { projectPath } from '../project-path.ts'
import { defineRule } from '../rule.ts'

const EMPTY_WORDS = /(^|[-_.])(util|utils|helper|helpers|manager|misc|common|stuff)([-_.]|$)/
const KEBAB = /^[a-z0-9]+([-.][a-z0-9]+)*$/

/** Files and folders are named in kebab-case by what they hold. */
export const fileName = defineRule('Names say what a thing is', (context) => ({
  Program: (node) => {
    const path = projectPath(context.filename, context.cwd)
    if (!/^(src|test|bench|scripts|lint)\//.test(path)) return
    for (const part of path.split('/')) {
      if (EMPTY_WORDS.test(part)) context.report({ node, message: `"${part}" says nothing: name it by what it holds, in the field's own words.` })
      else if (!KEBAB.test(part)) context.report({ node, message: `Write "${part}" in kebab-case, e.g. "gradient-boosting.ts".` })
    }
  },
}))
