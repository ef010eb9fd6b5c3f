import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { CornerLeftUp, FileText, Folder, FolderCog, Upload } from 'lucide-react'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { MethodInput, MethodOutput } from '#shared/contract/index.ts'
import { useClient } from '../../client/client-context.tsx'
import { useMethod } from '../../client/use-method.ts'
import { toast } from '../toast.tsx'
import { ErrorNote } from '../error-note.tsx'
import { formatBytes, formatMoment } from '../format.ts'
import { Tag } from '../tag.tsx'
import { TableSkeleton } from '../skeletons.tsx'
import { useDroppedFiles } from './use-dropped-files.ts'
import styles from './file-picker.module.css'

type Entry = MethodOutput<'files.list'>['entries'][number]

/** What is asked for, and who is told. */
export type FilePickerProps = {
  readonly opened: boolean
  readonly title: string
  readonly show: NonNullable<MethodInput<'files.list'>['show']>
  /** True: several files may be chosen, which are read as one table or one after the other. */
  readonly several?: boolean
  onClose(): void
  /** Absolute paths, at least one. */
  onChoose(paths: readonly string[]): void
}

/** Asks for files or a folder of this machine: by the system's own dialog where the host has one, else by a list of folders. */
export function FilePicker(props: FilePickerProps): ReactElement | null {
  const info = useMethod('app.info', {}, { enabled: props.opened })
  if (!props.opened || info.data === undefined) return null
  return info.data.dialogs ? <SystemDialog {...props} /> : <FolderList {...props} />
}

/** Opens the system's dialog once, and hands on what it gave. */
function SystemDialog({ title, show, several = false, onClose, onChoose }: FilePickerProps): null {
  const client = useClient()
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    const kind = show === 'folder' ? 'open-folder' : several ? 'open-files' : 'open-file'
    client.call('files.choose', { title, kind }).then(
      ({ paths }) => (paths === null || paths.length === 0 ? onClose() : onChoose(paths)),
      (error: unknown) => {
        toast.failure(error)
        onClose()
      },
    )
  }, [client, title, show, several, onClose, onChoose])
  return null
}

function FolderList({ title, show, several = false, onClose, onChoose }: FilePickerProps): ReactElement {
  const [folder, setFolder] = useState<string | null>(null)
  const [typed, setTyped] = useState<string>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const list = useMethod('files.list', { folder, show }, { keepPrevious: true })
  const { take, sending } = useDroppedFiles()
  const upload = useRef<HTMLInputElement>(null)
  const go = (path: string | null): void => {
    setFolder(path)
    setTyped(undefined)
    setChosen(new Set())
  }
  const toggle = (path: string): void => setChosen((before) => new Set(before.has(path) ? [...before].filter((one) => one !== path) : several ? [...before, path] : [path]))
  const send = async (input: HTMLInputElement): Promise<void> => {
    const files = [...(input.files ?? [])]
    // So that the same file is a new choice after one that failed.
    input.value = ''
    if (files.length === 0) return
    try {
      onChoose(await take(files))
    } catch (error) {
      toast.failure(error)
    }
  }
  // While another folder is on its way, the one that is still shown is not what would be opened.
  const here = list.isPlaceholderData ? undefined : list.data?.folder
  return (
    <Modal opened onClose={onClose} title={title} size={720} classNames={{ body: styles['body'] ?? '' }}>
      <form
        className={styles['where']}
        onSubmit={(event) => {
          event.preventDefault()
          if (typed !== undefined) go(typed.trim() === '' ? null : typed.trim())
        }}
      >
        <Button variant="default" aria-label="Folder above" disabled={(list.data?.parent ?? null) === null} onClick={() => go(list.data?.parent ?? null)}><CornerLeftUp size={15} /></Button>
        <TextInput className={styles['path'] ?? ''} aria-label="Folder" value={typed ?? here ?? folder ?? ''} onChange={(event) => setTyped(event.currentTarget.value)} spellCheck={false} data-autofocus />
        <Button type="submit" variant="default">Go</Button>
      </form>
      <div className={styles['columns']}>
        <ul className={styles['places']} aria-label="Places">
          {list.data?.places.map(({ name, path }) => (
            <li key={path}><button type="button" aria-current={path === here ? 'true' : undefined} onClick={() => go(path)}>{name}</button></li>
          ))}
        </ul>
        <div className={styles['entries']}>
          {list.error === null ? undefined : <ErrorNote error={list.error} retry={() => go(null)} retryLabel="Show the home folder" />}
          {list.data === undefined && list.error === null ? <TableSkeleton rows={8} columns={3} /> : undefined}
          {list.error === null ? <Entries entries={list.data?.entries ?? []} show={show} several={several} chosen={chosen} onGo={go} onToggle={toggle} onOpen={(path) => onChoose([path])} /> : undefined}
          {(list.data?.leftOut ?? 0) > 0 ? <p className={styles['none']}>and {list.data?.leftOut} more: type the path above</p> : undefined}
        </div>
      </div>
      <div className={styles['actions']}>
        {show === 'folder' ? undefined : (
          <>
            <input ref={upload} type="file" hidden multiple={several} onChange={(event) => void send(event.currentTarget)} />
            <Button variant="default" leftSection={<Upload size={14} />} loading={sending !== undefined} onClick={() => upload.current?.click()}>{sending === undefined ? 'Send a file from this browser' : `Sending ${sending}`}</Button>
          </>
        )}
        <span className={styles['gap']} />
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button disabled={show === 'folder' ? here === undefined : chosen.size === 0} onClick={() => onChoose(show === 'folder' ? [[...chosen][0] ?? here ?? ''] : [...chosen])}>
          {show === 'folder' ? 'Open this folder' : chosen.size > 1 ? `Choose ${String(chosen.size)} files` : 'Choose file'}
        </Button>
      </div>
    </Modal>
  )
}

type EntriesProps = { readonly entries: readonly Entry[]; readonly show: FilePickerProps['show']; readonly several: boolean; readonly chosen: ReadonlySet<string>; onGo(path: string): void; onToggle(path: string): void; onOpen(path: string): void }

function Entries({ entries, show, several, chosen, onGo, onToggle, onOpen }: EntriesProps): ReactElement {
  if (entries.length === 0) return <p className={styles['none']}>{show === 'data' ? 'No folders and no files with data here.' : 'Nothing here.'}</p>
  return (
    <ul className={styles['list']}>
      {entries.map((entry) => {
        const { name, path, kind, bytes, modifiedAt, project } = entry
        const Icon = kind === 'file' ? FileText : project ? FolderCog : Folder
        const choosable = kind === 'file' || (show === 'folder' && project)
        return (
          <li key={path} className={chosen.has(path) ? styles['chosen'] : undefined}>
            {several && kind === 'file' ? <Checkbox size="xs" aria-label={`Choose ${name}`} checked={chosen.has(path)} onChange={() => onToggle(path)} /> : undefined}
            <button
              type="button"
              aria-pressed={choosable ? chosen.has(path) : undefined}
              onClick={() => (choosable ? onToggle(path) : onGo(path))}
              onDoubleClick={() => (choosable ? onOpen(path) : undefined)}
            >
              <Icon size={15} />
              <span className={styles['name']}>{name}</span>
              {project ? <Tag tone="accent">project</Tag> : undefined}
            </button>
            <span className={styles['fact']}>{kind === 'file' ? formatBytes(bytes) : ''}</span>
            <span className={styles['fact']}>{formatMoment(modifiedAt)}</span>
          </li>
        )
      })}
    </ul>
  )
}
