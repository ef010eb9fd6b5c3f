import { Button } from '@mantine/core'
import { FilePlus2 } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { FilePicker } from '../../components/file-picker/file-picker.tsx'
import { Page } from '../../components/page.tsx'

/** Asks for the file; the list of files is open at once, so that one click less is needed. */
export function ChooseData({ onChoose }: { readonly onChoose: (path: string) => void }): ReactElement {
  const [open, setOpen] = useState(true)
  return (
    <Page title="Start from my data" sub="from a file to a model that says how good it is">
      <EmptyState
        icon={FilePlus2}
        title="Which table shall a model learn from?"
        text="A CSV, Excel, JSON, Parquet or SQLite file: one row per case, one column holds what is to be predicted. It is read in place and stays as it is."
        action={<Button onClick={() => setOpen(true)}>Choose file</Button>}
        command="millrace import data.csv --project my-project"
      />
      <FilePicker
        opened={open}
        title="Choose a file with data"
        show="data"
        onClose={() => setOpen(false)}
        onChoose={([path]) => {
          setOpen(false)
          if (path !== undefined) onChoose(path)
        }}
      />
    </Page>
  )
}
