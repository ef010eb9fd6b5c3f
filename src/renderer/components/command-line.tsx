import { Check, Copy } from 'lucide-react'
import { useRef, useState, type ReactElement } from 'react'
import styles from './command-line.module.css'

type CopyState = 'idle' | 'copied' | 'selected'

const SAYS: Readonly<Record<CopyState, string>> = { idle: '', copied: 'Copied', selected: 'Selected: copy it with Ctrl C' }

/** A command to type in a terminal, with a button that copies it; where the clipboard is refused, it is selected instead. */
export function CommandLine({ command }: { readonly command: string }): ReactElement {
  const text = useRef<HTMLElement>(null)
  const [state, setState] = useState<CopyState>('idle')

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(command)
      setState('copied')
    } catch {
      if (text.current !== null) window.getSelection()?.selectAllChildren(text.current)
      setState('selected')
    }
  }

  return (
    <div className={styles['line']}>
      <code ref={text}>{command}</code>
      <output className={styles['said']}>{SAYS[state]}</output>
      <button type="button" className={styles['copy']} aria-label={`Copy: ${command}`} title="Copy" onClick={() => void copy()} onBlur={() => setState('idle')}>
        {state === 'copied' ? <Check size={14} /> : <Copy size={14} />}
      </button>
    </div>
  )
}
