import { createHash, randomBytes } from 'node:crypto'

/** Who may speak with this server: whoever opened an address that it printed, once. */
export type Sessions = {
  /** Name of the cookie; of this server alone, because browsers share cookies between the ports of a host. */
  readonly cookieName: string
  /** A new one-time token for an address. */
  issue(): string
  /** Takes a token for a session and gives its secret; undefined for a token that is unknown or was used. */
  open(token: string): string | undefined
  /** True where a `Cookie` header holds the secret of a session. */
  holds(cookies: string | undefined): boolean
}

// Only hashes are kept and compared, so that no comparison tells by its time how much of a guess was right.
const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('base64')
const newSecret = (): string => randomBytes(32).toString('base64url')

/** Sessions of one server; they end with it. */
export function createSessions(): Sessions {
  const tokens = new Set<string>()
  const sessions = new Set<string>()
  const cookieName = `millrace-${randomBytes(6).toString('hex')}`
  return {
    cookieName,
    issue() {
      const token = newSecret()
      tokens.add(fingerprint(token))
      return token
    },
    open(token) {
      if (!tokens.delete(fingerprint(token))) return undefined
      const secret = newSecret()
      sessions.add(fingerprint(secret))
      return secret
    },
    holds: (cookies = '') =>
      cookies.split(';').some((cookie) => {
        const [name, ...value] = cookie.trim().split('=')
        return name === cookieName && sessions.has(fingerprint(value.join('=')))
      }),
  }
}
