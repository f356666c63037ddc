// A real identity provider on the loopback address, for the tests: node provider.mjs PORT REDIRECT_URI. Whoever signs in as NAME is NAME@example.com.
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const [port, redirect] = process.argv.slice(2)
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'xiaxiang', client_secret: 'a secret between the two', redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, email: `${id.replace(/-.*/, '')}@example.com`, email_verified: !id.endsWith('-unverified') }) }),
  pkce: { required: () => true },
  cookies: { keys: ['for tests only'] },
  // Of one person the codes run out before they can be used.
  ttl: { AuthorizationCode: (_, code) => (code.accountId === 'late' ? 1 : 60), Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
})
createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => console.log('ready'))
// The test that started it holds its standard input: it ends with it, however that ends.
process.stdin.on('end', () => process.exit(0)).resume()
