import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core'
import { useEffect, useEffectEvent, useState, type ReactElement } from 'react'
import type { StepKindEntry } from '#shared/contract/pipelines.ts'
import styles from './add-step.module.css'

/** Lists the step kinds by stage to choose one from; `after` names the step that the new one follows. */
export function AddStep({ opened, kinds, after, onAdd, onClose }: { readonly opened: boolean; readonly kinds: readonly StepKindEntry[]; readonly after: string | undefined; onAdd(uses: string): void; onClose(): void }): ReactElement {
  return (
    <Modal opened={opened} onClose={onClose} title={after === undefined ? 'Add a step at the end' : `Add a step after ${after}`} size={520}>
      <KindList kinds={kinds} onAdd={onAdd} onClose={onClose} />
    </Modal>
  )
}

function KindList({ kinds, onAdd, onClose }: { readonly kinds: readonly StepKindEntry[]; onAdd(uses: string): void; onClose(): void }): ReactElement {
  const [wanted, setWanted] = useState('')
  const combobox = useCombobox({ opened: true })
  // Enter takes the first of what was found.
  const first = useEffectEvent((search: string) => {
    if (search !== '') combobox.selectFirstOption()
  })
  useEffect(() => first(wanted), [wanted])
  const found = kinds.filter(({ id, label, help }) => [id, label, help].some((text) => text.toLowerCase().includes(wanted.trim().toLowerCase())))
  const stages = [...new Set(found.map(({ stage }) => stage))]
  return (
    <Combobox store={combobox} onOptionSubmit={(uses) => onAdd(uses)}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          aria-label="Find a step kind"
          placeholder="Find a step kind"
          value={wanted}
          onKeyDown={({ key }) => {
            if (key === 'Escape') onClose()
          }}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={styles['kinds'] ?? ''} aria-label="Step kinds">
        {found.length === 0 ? <Combobox.Empty>No step kind is like that</Combobox.Empty> : undefined}
        {stages.map((stage) => (
          <Combobox.Group key={stage} label={stage}>
            {found
              .filter((kind) => kind.stage === stage)
              .map(({ id, label, help }) => (
                <Combobox.Option key={id} value={id} className={styles['kind'] ?? ''}>
                  <span className={styles['name']}>
                    <b>{label}</b>
                    <code>{id}</code>
                  </span>
                  <span className={styles['help']}>{help}</span>
                </Combobox.Option>
              ))}
          </Combobox.Group>
        ))}
      </Combobox.Options>
    </Combobox>
  )
}
