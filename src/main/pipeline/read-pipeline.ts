import { readFile } from 'node:fs/promises'
import type { LintFinding, ParameterOverride, Pipeline } from '#shared/domain/pipeline.ts'
import { MillraceError } from '#shared/errors.ts'
import type { StepKind } from '../stages/step-kind.ts'
import { lintPipeline } from './lint/index.ts'

/** The text of a pipeline file. */
export async function readPipelineText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    throw unreadable(error, file)
  }
}

/** A pipeline that may run, or an error that lists all that is wrong, each with file, line and column. */
export function checkPipeline(
  text: string,
  file: string,
  kinds: ReadonlyMap<string, StepKind>,
  overrides: readonly ParameterOverride[] = [],
): Pipeline {
  const { pipeline, findings } = lintPipeline(text, file, kinds, overrides)
  if (pipeline !== undefined) return pipeline
  throw lintError(findings, file)
}

/** Problems that a message lists; `details` has all of them. */
const shownFindings = 10

function lintError(findings: readonly LintFinding[], file: string): MillraceError {
  const first = findings[0]
  const rest = findings.length - shownFindings
  const fromCommandLine = findings.every((finding) => finding.file.startsWith('--set'))
  return new MillraceError({
    code: fromCommandLine ? 'invalid-parameter' : 'invalid-pipeline',
    headline: fromCommandLine
      ? 'A parameter has a value that the step does not take'
      : findings.length === 1
        ? 'The pipeline file has a problem'
        : `The pipeline file has ${findings.length} problems`,
    message: [...findings.slice(0, shownFindings).map(findingInWords), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n'),
    nextStep: fromCommandLine ? 'Correct the value after --set.' : 'Correct the file, then run it again.',
    details: { file, ...(first === undefined ? {} : { line: first.line, column: first.column }), findings },
  })
}

/** `churn.yaml:4:7: message`. */
export function findingInWords(finding: LintFinding): string {
  const place = finding.file.startsWith('--set') ? finding.file : `${finding.file}:${finding.line}:${finding.column}`
  return `${place}: ${finding.message}`
}

function unreadable(error: unknown, file: string): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new MillraceError({
      code: 'not-found',
      headline: 'There is no such pipeline file',
      message: `${file} does not exist.`,
      nextStep: 'Check the path of the pipeline file.',
      details: { file },
    })
  }
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA' || code === 'EISDIR') {
    const what = code === 'EISDIR' ? 'a folder' : 'not UTF-8 text'
    return new MillraceError({
      code: 'invalid-pipeline',
      headline: 'This is not a pipeline file',
      message: `${file} is ${what}.`,
      nextStep: 'Name a YAML file with a pipeline.',
      details: { file },
    })
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new MillraceError({
      code: 'io',
      headline: 'The pipeline file cannot be read',
      message: `${file}: ${(error as Error).message}`,
      nextStep: 'Give yourself read access to it.',
      details: { file },
    })
  }
  return error
}
