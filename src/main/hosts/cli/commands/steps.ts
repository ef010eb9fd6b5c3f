import type { StepKindInfo } from '../../../services/steps.ts'
import type { AddCommand } from '../command.ts'
import type { Paint } from '../format/paint.ts'
import { formatTable } from '../format/table.ts'

function kindText(kind: StepKindInfo, paint: Paint): string {
  const ports = (list: StepKindInfo['inputs']): string =>
    list.length === 0 ? 'nothing' : list.map((port) => `${port.name} (${port.kind}${port.optional ? ', optional' : ''})`).join(', ')
  const parameters = kind.parameters.map((parameter) => [
    `  ${parameter.name}`,
    parameter.type,
    parameter.required ? 'required' : parameter.default === undefined ? '' : JSON.stringify(parameter.default),
    parameter.help,
  ])
  const table = formatTable([{ title: '  parameter' }, { title: 'type' }, { title: 'default' }, { title: '' }], parameters)
  return `${paint.strong(kind.id)}  ${kind.help}\n  takes ${ports(kind.inputs)}; makes ${ports(kind.outputs)}\n${parameters.length === 0 ? '' : table}`
}

/** `steps [KIND]`: what pipelines are made of. */
export const addSteps: AddCommand = (program, handle) => {
  program
    .command('steps')
    .argument('[kind]', 'one step kind, such as prepare/split')
    .description('list the step kinds of pipelines and their parameters')
    .action(
      handle<[string | undefined]>(async (context, kind) => {
        const { listStepKinds } = await import('../../../services/steps.ts')
        const steps = listStepKinds(kind)
        context.result({ steps }, () => steps.map((step) => kindText(step, context.paint)).join('\n'))
      }),
    )
}
