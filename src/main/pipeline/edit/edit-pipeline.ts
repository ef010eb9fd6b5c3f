import type { PipelineChange } from '#shared/domain/pipeline-change.ts'
import { MillraceError } from '#shared/errors.ts'
import type { StepKind } from '../../stages/step-kind.ts'
import { parseYaml } from '../yaml-source.ts'
import { changeFile } from './change-file.ts'
import { isRecord } from './render-yaml.ts'
import { writeYaml } from './write-yaml.ts'

/**
 * A pipeline's text after a change; comments, order, quotes and indentation of what it does not touch stay. Works on pipelines that
 * may not run yet, not on text that is no YAML: throws `invalid-pipeline` there.
 */
export function editPipeline(text: string, change: PipelineChange, kinds: ReadonlyMap<string, StepKind>): { readonly text: string; readonly step: string | null } {
  const parsed = parseYaml(text, '')
  const value = 'findings' in parsed ? undefined : (parsed.source.value ?? {})
  if (!isRecord(value)) {
    const [first] = 'findings' in parsed ? parsed.findings : []
    throw new MillraceError({
      code: 'invalid-pipeline',
      headline: 'The pipeline cannot be changed while its text is not readable',
      message: first === undefined ? 'It is no mapping; it starts with keys such as "name:" and "steps:".' : `Line ${String(first.line)}: ${first.message}`,
      nextStep: 'Mend the YAML first, or undo what was typed.',
      details: first === undefined ? {} : { line: first.line, column: first.column },
    })
  }
  const { data, step } = changeFile(value, change, kinds)
  return { text: writeYaml(text, data), step }
}
