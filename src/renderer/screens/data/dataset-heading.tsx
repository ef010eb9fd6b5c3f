import { Menu } from '@mantine/core'
import { ChevronDown } from 'lucide-react'
import type { ReactElement } from 'react'
import type { DatasetDescription, DatasetEntry } from '#shared/contract/datasets.ts'
import { cellText } from '../../components/cell-text.ts'
import { formatCount, formatMoment, plural } from '../../components/format.ts'
import type { DataAddress } from './use-place.ts'
import styles from './dataset-heading.module.css'

type HeadingProps = { readonly entries: readonly DatasetEntry[]; readonly description: DatasetDescription; onGo(next: DataAddress): void }

/** Which dataset and version are shown, and where they came from. */
export function DatasetHeading({ entries, description, onGo }: HeadingProps): ReactElement {
  const { dataset, version, versions, source, report, hash } = description
  const newest = new Map(entries.toReversed().map((entry) => [entry.dataset, entry]))
  const latest = versions[0]?.version
  return (
    <span className={styles['heading']}>
      {newest.size > 1 ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className={styles['choose']} aria-label={`Dataset ${cellText(dataset)}: choose another`}><ChevronDown size={14} /></button>
          </Menu.Target>
          <Menu.Dropdown mah={420} className={styles['list'] ?? ''}>
            {[...newest.values()].toSorted((a, b) => b.createdAt - a.createdAt).map((entry) => (
              <Menu.Item key={entry.dataset} onClick={() => onGo({ dataset: entry.dataset })} rightSection={<span className={styles['fact']}>{plural(entry.rows, 'row')}</span>}>{cellText(entry.dataset, 60)}</Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : undefined}
      <Menu position="bottom-start">
        <Menu.Target>
          <button type="button" className={styles['choose']} aria-label={`v${String(version)}${version === latest ? ' latest' : ''}: choose another version`}>
            v{version} {version === latest ? <span className={styles['latest']}>latest</span> : undefined}
            <ChevronDown size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown mah={420} className={styles['list'] ?? ''}>
          {versions.map((one) => (
            <Menu.Item key={one.version} onClick={() => onGo({ dataset, version: one.version })} rightSection={<span className={styles['fact']}>{`${formatCount(one.rows)} rows · ${formatMoment(one.createdAt)}`}</span>}>{`v${String(one.version)}`}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className={styles['from']} title={cellText(source)}>
        {report === null ? 'made from other datasets' : <>from <code>{cellText(report.file)}</code>{readingWords(report)}</>}
        {' · hash '}
        <code>{`${hash.slice(0, 4)}…${hash.slice(-4)}`}</code>
      </span>
    </span>
  )
}

const DELIMITERS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', ' ': 'white space' }

function readingWords({ format, encoding, delimiter, header, part, sample, files }: NonNullable<DatasetDescription['report']>): string {
  const parts = [
    ...(encoding === null ? (format === 'files' ? [] : [format]) : [encoding.toUpperCase()]),
    ...(delimiter === null ? [] : [DELIMITERS[delimiter] ?? delimiter]),
    ...(header === null ? [] : [header ? 'header' : 'no header']),
    ...(part === undefined ? [] : [part]),
    ...(files === undefined ? [] : [plural(files, 'file')]),
    ...(sample === undefined ? [] : [`a sample of ${formatCount(sample.rows)} of ${formatCount(sample.of)} rows`]),
  ]
  return parts.length === 0 ? '' : ` · ${cellText(parts.join(', '))}`
}
