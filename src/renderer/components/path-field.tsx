import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { FolderOpen } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { FilePicker, type FilePickerProps } from './file-picker/file-picker.tsx'

/** A path that is typed, or picked by the button beside it. */
export function PathField({ label, description, value, onChange, show, error, pick = `Choose ${label.toLowerCase()}` }: { readonly label: string; readonly description?: string; readonly value: string; onChange(path: string): void; readonly show: FilePickerProps['show']; readonly error?: string | undefined; readonly pick?: string }): ReactElement {
  const [picking, setPicking] = useState(false)
  return (
    <>
      <TextInput
        label={label}
        description={description}
        value={value}
        error={error}
        spellCheck={false}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        rightSection={
          <Tooltip label={pick}>
            <ActionIcon size={22} aria-label={pick} onClick={() => setPicking(true)}>
              <FolderOpen size={15} />
            </ActionIcon>
          </Tooltip>
        }
      />
      <FilePicker
        opened={picking}
        title={pick}
        show={show}
        onClose={() => setPicking(false)}
        onChoose={([path]) => {
          setPicking(false)
          if (path !== undefined) onChange(path)
        }}
      />
    </>
  )
}
