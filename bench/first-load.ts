import { get } from 'node:http';

function fetched(url: string): Promise<{ bytes: number; headers: number; text: Buffer }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br, gzip' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks);
        resolve({ bytes: text.length, headers: answer.rawHeaders.join(': \r\n').length, text });
      });
      answer.on('error', reject);
    }).on('error', reject);
  });
}

/** What a browser fetches before the application stands: the page, and every script, style and font it names. */
export async function firstLoad(url: string): Promise<{ requests: number; kilobytes: number }> {
  const page = await fetch(`${url}/`).then((answer) => answer.text());
  const whole = await fetched(`${url}/`);
  const named = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|woff2|svg|webmanifest|json))"/g)].map(
    (match) => match[1]!,
  );
  let bytes = whole.bytes + whole.headers;
  for (const path of new Set(named)) {
    const file = await fetched(url + path);
    bytes += file.bytes + file.headers;
  }
  return { requests: 1 + new Set(named).size, kilobytes: bytes / 1000 };
}
