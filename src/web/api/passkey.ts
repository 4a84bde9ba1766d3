/** The browser's side of passkeys: what is binary travels as base64url. */

type Json = Record<string, unknown>;

/** Can this browser make and ask passkeys here? */
export const knowsPasskeys = (): boolean => typeof window.PublicKeyCredential === 'function';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

function textOf(buffer: ArrayBuffer | null): string | undefined {
  if (!buffer) return undefined;
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const listed = (known: unknown) =>
  ((known as { id: string }[] | undefined) ?? []).map((one) => ({
    ...one,
    type: 'public-key' as const,
    id: bytesOf(one.id),
  }));

/** Has the device make a passkey. Throws where its owner declines or the place does not fit. */
export async function makePasskey(options: Json): Promise<Json> {
  const user = options.user as { id: string };
  const made = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(String(options.challenge)),
      user: { ...user, id: bytesOf(user.id) },
      excludeCredentials: listed(options.excludeCredentials),
    } as unknown as PublicKeyCredentialCreationOptions,
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...plain(made),
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      attestationObject: textOf(response.attestationObject),
      transports: response.getTransports(),
    },
  };
}

/** Has a passkey of this place answer. Throws where its owner declines. */
export async function askPasskey(options: Json): Promise<Json> {
  const given = (await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(String(options.challenge)),
      allowCredentials: listed(options.allowCredentials),
    } as unknown as PublicKeyCredentialRequestOptions,
  })) as PublicKeyCredential;
  const response = given.response as AuthenticatorAssertionResponse;
  return {
    ...plain(given),
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(response.authenticatorData),
      signature: textOf(response.signature),
      userHandle: textOf(response.userHandle),
    },
  };
}

const plain = (credential: PublicKeyCredential): Json => ({
  id: credential.id,
  rawId: textOf(credential.rawId),
  type: credential.type,
  clientExtensionResults: credential.getClientExtensionResults(),
});

/** Whoever closes the browser's question has not failed: they have changed their mind. */
export const wasDeclined = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
