import { ActionIcon, Loader, TextInput } from '@mantine/core'
import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import { useEffect, useRef, type ReactElement } from 'react'
import { formatCount } from '../../../components/format.ts'
import type { Find } from './use-find.ts'
import styles from './rows.module.css'

/** The field for a text to find, with what was found and the way on. */
export function FindBar({ find }: { readonly find: Find }): ReactElement {
  const { text, result, looking, write, look, show } = find
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  return (
    <search className={styles['find']}>
      <TextInput
        ref={field}
        aria-label="Find in the rows"
        placeholder="Find in the rows"
        value={text}
        w={200}
        leftSection={looking ? <Loader size={12} /> : <Search size={14} />}
        spellCheck={false}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void look(event.shiftKey)
          if (event.key === 'Escape') show(false)
        }}
      />
      <span className={styles['matches']} aria-live="polite">{matchWords(find)}</span>
      <ActionIcon size={24} aria-label="Previous row with it (Shift Enter)" disabled={text === '' || result?.matches === 0} onClick={() => void look(true)}><ChevronUp size={15} /></ActionIcon>
      <ActionIcon size={24} aria-label="Next row with it (Enter)" disabled={text === '' || result?.matches === 0} onClick={() => void look(false)}><ChevronDown size={15} /></ActionIcon>
      <ActionIcon size={24} aria-label="Close find" onClick={() => show(false)}><X size={15} /></ActionIcon>
    </search>
  )
}

function matchWords({ result }: Find): string {
  if (result === undefined) return ''
  if (result.matches === 0) return 'in no row'
  return `${formatCount(result.before + 1)} of ${formatCount(result.matches)} rows`
}
