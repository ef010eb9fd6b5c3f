import type { Data, Layout } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import { cellText } from '../../../components/cell-text.ts'
import type { CsvColumn } from '../../../components/csv.ts'
import { formatNumber } from '../../../components/format.ts'
import { plotText } from '../../../components/plot/plot-text.ts'
import { Plot } from '../../../components/plot/plot.tsx'
import styles from './column-pane.module.css'

/** Rows by class of the target in each part of the column; no classes where there is no target. */
export type Split = { readonly target: string; readonly classes: readonly string[]; readonly counts: readonly (readonly number[])[] }

type Drawn = { readonly data: readonly Data[]; readonly layout: Partial<Layout>; readonly csv: readonly CsvColumn[]; readonly height: number }

/** Values that get a bar of their own. */
const BARS = 12
/** Characters of a value beside its bar. */
const LONGEST = 24

/** How a column's rows are distributed, and how they split by the target. */
export function ColumnPlot({ profile, split }: { readonly profile: ColumnProfile; readonly split: Split | undefined }): ReactElement {
  const drawn = useMemo(() => drawing(profile, split), [profile, split])
  if (drawn === undefined) return <p className={styles['nothing']}>{profile.distinct <= 1 ? 'Every row has the same value.' : 'Nearly every value differs: there is nothing to draw.'}</p>
  return <Plot name={`Rows by ${cellText(profile.name)}`} data={drawn.data} layout={drawn.layout} csv={drawn.csv} height={drawn.height} />
}

function drawing(profile: ColumnProfile, split: Split | undefined): Drawn | undefined {
  const { numbers, texts } = profile
  if (numbers !== null && numbers.histogram.counts.length > 1) return histogram(profile, numbers.histogram, cellText(profile.name), split)
  if (profile.top.length > 0) return bars(profile, split)
  return texts === null || texts.lengths.counts.length < 2 ? undefined : histogram(profile, texts.lengths, 'Characters', undefined)
}

/** The groups in front of all rows: the rarer of two classes, or every class of several. */
function groups(split: Split | undefined): readonly { readonly name: string; readonly counts: readonly number[] }[] {
  if (split === undefined || split.classes.length < 2) return []
  const named = split.classes.map((name, index) => ({ name: `${cellText(split.target, LONGEST)} = ${cellText(name, LONGEST)}`, counts: split.counts[index] ?? [] }))
  return named.length === 2 ? named.slice(1) : named
}

function histogram(profile: ColumnProfile, { edges, counts }: { readonly edges: readonly number[]; readonly counts: readonly number[] }, title: string, split: Split | undefined): Drawn {
  const isDate = profile.dates !== null
  const at = (value: number): number | string => (isDate ? new Date(value).toISOString() : value)
  const middles = counts.map((_, index) => at(((edges[index] ?? 0) + (edges[index + 1] ?? 0)) / 2))
  const width = ((edges.at(-1) ?? 0) - (edges[0] ?? 0)) / counts.length
  const parts = groups(split)
  const bar = (name: string, values: readonly number[], color: string): Data => ({ type: 'bar', name, x: middles, y: [...values], width: width * 0.9, marker: { color }, hovertemplate: `%{y} rows<extra>${plotText(name)}</extra>` })
  const mean = profile.numbers?.mean ?? null
  const marked = mean !== null && !isDate && profile.texts === null && mean >= (edges[0] ?? 0) && mean <= (edges.at(-1) ?? 0)
  return {
    height: 190,
    data: [bar('All rows', counts, 'var(--mr-plot-mute)'), ...parts.map(({ name, counts: own }, index) => bar(name, own, `var(--mr-cat-${String(parts.length === 1 ? 2 : index + 1)})`))],
    layout: {
      barmode: parts.length > 1 ? 'stack' : 'overlay',
      showlegend: parts.length > 0,
      margin: { l: 44, r: 8, t: parts.length > 0 ? 24 : 8, b: 34 },
      xaxis: { title: { text: title }, ...(isDate ? { type: 'date' } : {}) },
      yaxis: { title: { text: 'Rows' }, rangemode: 'tozero', tickformat: ',' },
      ...(marked
        ? {
            shapes: [{ type: 'line', x0: mean, x1: mean, y0: 0, y1: 1, yref: 'paper', line: { color: 'var(--mr-text-3)', width: 1, dash: 'dash' } }],
            annotations: [{ x: mean, y: 1, yref: 'paper', text: `mean ${formatNumber(mean)}`, showarrow: false, xanchor: 'left', yanchor: 'top', xshift: 4, font: { size: 11, color: 'var(--mr-text-2)' } }],
          }
        : {}),
    },
    csv: [
      { name: 'from', values: edges.slice(0, -1).map(at) },
      { name: 'to', values: edges.slice(1).map(at) },
      { name: 'rows', values: counts },
      ...parts.map(({ name, counts: own }) => ({ name, values: own })),
    ],
  }
}

function bars(profile: ColumnProfile, split: Split | undefined): Drawn {
  const top = profile.top.slice(0, BARS)
  const labels = top.map(({ value }) => cellText(value, LONGEST))
  const places = top.map((_, index) => index)
  const parts = groups(split).map(({ name, counts }) => ({ name, counts: counts.slice(0, top.length) }))
  const bar = (name: string, values: readonly number[], color: string): Data => ({ type: 'bar', orientation: 'h', name, y: places, x: [...values], marker: { color }, hovertemplate: `%{x} rows<extra>${plotText(name)}</extra>` })
  const all = top.map(({ count }) => count)
  return {
    height: 54 + (parts.length > 0 ? 18 : 0) + 22 * top.length,
    data: [bar('All rows', all, 'var(--mr-plot-mute)'), ...parts.map(({ name, counts }, index) => bar(name, counts, `var(--mr-cat-${String(parts.length === 1 ? 2 : index + 1)})`))],
    layout: {
      barmode: parts.length > 1 ? 'stack' : 'overlay',
      showlegend: parts.length > 0,
      bargap: 0.3,
      margin: { l: 8, r: 8, t: parts.length > 0 ? 24 : 8, b: 34 },
      xaxis: { title: { text: 'Rows' }, rangemode: 'tozero', tickformat: ',', nticks: 5, showgrid: true, showline: false },
      yaxis: { autorange: 'reversed', tickmode: 'array', tickvals: places, ticktext: labels, showgrid: false },
    },
    csv: [{ name: profile.name, values: top.map(({ value }) => value) }, { name: 'rows', values: all }, ...parts.map(({ name, counts }) => ({ name, values: counts }))],
  }
}
