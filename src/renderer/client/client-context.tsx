import { createContext, use, type ReactElement, type ReactNode } from 'react'
import type { Client } from './client.ts'

const ClientContext = createContext<Client | undefined>(undefined)

/** Hands the client to everything below. */
export function ClientProvider({ client, children }: { readonly client: Client; readonly children: ReactNode }): ReactElement {
  return <ClientContext value={client}>{children}</ClientContext>
}

/** The client of this window. */
export function useClient(): Client {
  const client = use(ClientContext)
  if (client === undefined) throw new Error('There is no ClientProvider above')
  return client
}
