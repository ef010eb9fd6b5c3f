import { basename, extname } from 'node:path'
import type { CheckedPipeline, PipelineFinding, PipelineOutline } from '#shared/domain/pipeline-outline.ts'
import type { LintFinding } from '#shared/domain/pipeline.ts'
import type { StepKind } from '../stages/step-kind.ts'
import { lintSource } from './lint/index.ts'
import { outlineOf } from './outline.ts'
import { parseYaml } from './yaml-source.ts'

/** What a pipeline's text says and what is wrong with it; also for text that is being typed. */
export function checkText(text: string, file: string, kinds: ReadonlyMap<string, StepKind>): CheckedPipeline {
  const parsed = parseYaml(text, file)
  if ('findings' in parsed) return { outline: null, findings: parsed.findings.map((finding) => findingOf(finding, undefined)), valid: false }
  const outline = outlineOf(parsed.source, basename(file, extname(file)), kinds)
  const { pipeline, findings } = lintSource(parsed.source, kinds)
  return { outline, findings: findings.map((finding) => findingOf(finding, outline ?? undefined)), valid: pipeline !== undefined }
}

/** A finding belongs to the step that it names, else to the one on whose lines it stands. */
function findingOf({ rule, message, line, column, step }: LintFinding, outline: PipelineOutline | undefined): PipelineFinding {
  const there = outline?.steps.find(({ lines }) => lines.from <= line && line <= lines.to)
  const named = outline?.steps.find(({ key }) => key === step)
  return { rule, message, line, column, step: there?.key ?? named?.key ?? null }
}
