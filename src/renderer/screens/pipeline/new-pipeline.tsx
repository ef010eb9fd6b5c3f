import { Button, Modal, TextInput } from '@mantine/core'
import { useState, type FormEvent, type ReactElement } from 'react'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import styles from './pipeline.module.css'

const fileName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** Asks for a name and makes an empty pipeline file of it. */
export function NewPipeline({ opened, onMade, onClose }: { readonly opened: boolean; onMade(file: string): void; onClose(): void }): ReactElement {
  return (
    <Modal opened={opened} onClose={onClose} title="New pipeline" size={400}>
      <NameForm onMade={onMade} onClose={onClose} />
    </Modal>
  )
}

function NameForm({ onMade, onClose }: { onMade(file: string): void; onClose(): void }): ReactElement {
  const project = useProject()
  const client = useClient()
  const [name, setName] = useState('')
  const [error, setError] = useState<ErrorData>()
  const isValid = fileName.test(name)
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const file = `${name.replace(/\.ya?ml$/i, '')}.yaml`
    try {
      await client.call('pipelines.save', { project, file, text: `name: ${JSON.stringify(name.replace(/\.ya?ml$/i, ''))}\nsteps: []\n`, basedOn: null })
      onMade(file)
    } catch (thrown) {
      setError(toErrorData(thrown))
    }
  }
  const problem = error === undefined ? undefined : error.code === 'conflict' ? 'There is a pipeline of this name already' : error.headline
  return (
    <form className={styles['new']} onSubmit={(event) => void make(event)}>
      <TextInput
        data-autofocus
        label="Name"
        description="Also the name of its file, in the folder of the project"
        value={name}
        error={problem ?? (name === '' || isValid ? undefined : 'Letters, digits, ".", "-" and "_"')}
        onChange={({ currentTarget: { value } }) => {
          setName(value)
          setError(undefined)
        }}
      />
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={!isValid}>
          Make pipeline
        </Button>
      </div>
    </form>
  )
}
