import type { RuleTester } from 'oxlint/plugins-dev'

type AnyRule = Parameters<RuleTester['run']>[1]
type Create = NonNullable<AnyRule['create']>

/** What a rule is given about the file at hand. */
export type RuleContext = Parameters<Create>[0]

/** What a rule visits. */
export type Visitor = ReturnType<Create>

/** A rule in the shape that the linter loads. */
export type Rule = {
  readonly meta: { readonly type: 'problem'; readonly docs: { readonly description: string } }
  readonly create: (context: RuleContext) => Visitor
}

/** Makes a rule that reads one file at a time; `create` returns what it looks at. */
export function defineRule(description: string, create: Rule['create']): Rule {
  return { meta: { type: 'problem', docs: { description } }, create }
}
