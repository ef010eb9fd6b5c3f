import type { ModelCard } from '#shared/domain/model-card.ts'
import { formatBytes } from '../base/byte-size.ts'

const MINUS = '−'

function figure(value: number): string {
  const text = Math.abs(value) < 10 ? value.toFixed(3) : String(Number(value.toPrecision(5)))
  return text.replace('-', MINUS)
}

function range(interval: { readonly low: number; readonly high: number } | null): string {
  return interval === null ? '–' : `${figure(interval.low)} to ${figure(interval.high)}`
}

/** Marks that would start markup are shown as they are. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|]/g, (mark) => `\\${mark}`).replaceAll(/\s*\n\s*/g, ' ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`), '']
}

function list(lines: readonly string[]): string[] {
  return [...lines.map((line) => `- ${plain(line)}`), '']
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.every((line) => line === '') ? [] : [`## ${title}`, '', ...lines]
}

function dataLines({ data, inputs }: ModelCard): string[] {
  const from = data.sources.map(({ dataset, source }) => `Dataset ${dataset}${source === '' ? '' : ` from ${source}`}`)
  const classes = data.classes.map(({ name, share, positive }) => `${name} ${(100 * share).toFixed(1)} %${positive ? ' (positive)' : ''}`)
  return list([
    ...from,
    `Learnt from ${data.trainingRows.toLocaleString('en-US')} rows${data.testRows === null ? '' : `, tested on ${data.testRows.toLocaleString('en-US')} others`}`,
    `Target: ${data.target}${classes.length === 0 ? '' : `; ${classes.join(', ')} of the training rows`}${data.numbers === null ? '' : `; mean ${figure(data.numbers.mean)}, standard deviation ${figure(data.numbers.deviation)}`}`,
    `Reads: ${inputs.map(({ name, type }) => `${name} (${type})`).join(', ')}`,
  ])
}

function trainingLines({ training }: ModelCard): string[] {
  const { validation } = training
  return list([
    `${training.estimator}: ${training.summary}`,
    ...(validation === null ? [] : [`${validation.rows === undefined ? 'Cross-validation on the training rows' : `On ${validation.rows.toLocaleString('en-US')} validation rows`}: ${validation.label} ${figure(validation.mean)} ± ${figure(validation.deviation)}`]),
    ...(training.reason === null ? [] : [`Chosen: ${training.reason}`]),
    ...(training.backend === null ? [] : [`Neural networks computed on ${training.backend.id}, ${training.backend.device}: ${training.backend.why}`]),
    `Size: ${formatBytes(training.bytes)}`,
  ])
}

/** The card as a Markdown text. */
export function cardMarkdown(card: ModelCard): string {
  const about = [card.run === null ? [] : [`by run ${card.run}`], card.pipeline === null ? [] : [`of the pipeline ${card.pipeline}`], card.seed === null ? [] : [`with seed ${String(card.seed)}`]].flat()
  const lines = [
    `# Model card: ${plain(card.model)}`,
    '',
    plain(card.purpose),
    '',
    plain(`${[`Made ${new Date(card.createdAt).toISOString().slice(0, 10)}`, ...about].join(' ')}.${card.deployments.length === 0 ? '' : ` Deployed as ${card.deployments.join(', ')}.`}`),
    '',
    ...section('Result', list(card.comparison)),
    ...section('Scores on test rows', table(['Metric', 'Value', '95 % interval', 'Baseline'], card.scores.map(({ label, value, interval, baseline }) => [label, figure(value), range(interval), baseline === null ? '–' : figure(baseline)]))),
    ...section('Where it is weak', table(['Rows with', 'Rows', 'Score', '95 % interval'], card.weak.map(({ column, value, rows, score, interval }) => [plain(`${column} ${value}`), String(rows), figure(score), range(interval)]))),
    ...section('Data', dataLines(card)),
    ...section('What enters the model', list(card.features)),
    ...section('Training', trainingLines(card)),
    ...section('Limits', list(card.limits)),
    ...section('Lineage', table(['Step', 'Kind', 'Made', 'SHA-256'], card.lineage.map(({ step, uses, output, hash }) => [plain(step), plain(uses), plain(output), `\`${hash.slice(0, 16)}\``]))),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}
