import { useRef, useState, type ReactElement } from 'react'
import { Icon } from './icon.tsx'

type CopyState = 'idle' | 'copied' | 'selected'

const SAYS: Readonly<Record<CopyState, string>> = { idle: '', copied: 'Copied', selected: 'Selected: copy it with Ctrl C' }

/** A command to type in a terminal, with a button that copies it; where the clipboard is refused, it is selected instead. */
export function CommandLine({ command }: { command: string }): ReactElement {
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
    <div className="command-line">
      <code ref={text}>{command}</code>
      <output className="said">{SAYS[state]}</output>
      <button type="button" className="button" aria-label={`Copy: ${command}`} onClick={() => void copy()} onBlur={() => setState('idle')}>
        <Icon name={state === 'copied' ? 'check' : 'copy'} />
        Copy
      </button>
    </div>
  )
}
