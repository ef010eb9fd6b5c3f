import type { Data, Layout } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { Distribution } from '#shared/domain/distribution.ts'
import type { CsvColumn } from '../../components/csv.ts'
import { Plot } from '../../components/plot/plot.tsx'
import styles from './distribution-plot.module.css'

type Drawn = { readonly data: readonly Data[]; readonly layout: Partial<Layout>; readonly csv: readonly CsvColumn[] }

const HEIGHT = 150

function drawn(distribution: Distribution, axis: string, marked: string | null): Drawn {
  const layout: Partial<Layout> = { barmode: 'overlay', bargap: distribution.kind === 'levels' ? 0.25 : 0.04, showlegend: false, margin: { l: 50, r: 8, t: 4, b: 34 }, xaxis: { title: { text: axis } }, yaxis: { title: { text: 'Rows' }, rangemode: 'tozero' } }
  if (distribution.kind === 'levels') {
    const x = distribution.levels.map(({ value }) => value)
    const counts = distribution.levels.map(({ count }) => count)
    const inClass = distribution.levels.map(({ marked: part = 0 }) => part)
    return { layout: { ...layout, xaxis: { ...layout.xaxis, type: 'category' } }, data: bars(x, counts, inClass, marked), csv: table([{ name: axis, values: x }], counts, inClass, marked) }
  }
  const { edges, counts, marked: inClass = [] } = distribution
  const [from, to] = [edges.slice(0, -1), edges.slice(1)]
  const x = from.map((edge, index) => (edge + (to[index] ?? edge)) / 2)
  return { layout, data: bars(x, counts, inClass, marked), csv: table([{ name: 'from', values: from }, { name: 'to', values: to }], counts, inClass, marked) }
}

function bars(x: readonly (number | string)[], counts: readonly number[], inClass: readonly number[], marked: string | null): readonly Data[] {
  const all: Data = { type: 'bar', x: [...x], y: [...counts], name: 'all rows', marker: { color: 'var(--mr-plot-mute)' }, hovertemplate: '%{x}: %{y:,} rows<extra></extra>' }
  return marked === null ? [all] : [all, { type: 'bar', x: [...x], y: [...inClass], name: marked, marker: { color: 'var(--mr-cat-2)' }, hovertemplate: `%{x}: %{y:,} rows<extra></extra>` }]
}

function table(places: readonly CsvColumn[], counts: readonly number[], inClass: readonly number[], marked: string | null): readonly CsvColumn[] {
  return [...places, { name: 'rows', values: counts }, ...(marked === null ? [] : [{ name: `rows of ${marked}`, values: inClass }])]
}

/** A distribution with its axes; all rows grey, those of the marked class in its colour. */
export function DistributionPlot({ title, axis, name, distribution, marked }: { readonly title: string; readonly axis: string; readonly name: string; readonly distribution: Distribution; readonly marked: string | null }): ReactElement {
  const { data, layout, csv } = useMemo(() => drawn(distribution, axis, marked), [distribution, axis, marked])
  return (
    <figure className={styles['figure']}>
      <figcaption>{title}</figcaption>
      <Plot name={`Rows by ${name}, ${title.toLowerCase()}`} data={data} layout={layout} height={HEIGHT} csv={csv} />
    </figure>
  )
}
