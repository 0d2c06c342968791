import { describe, expect, it } from 'vitest';
import { htmlToText } from './html-text.ts';

describe('htmlToText', () => {
  it('keeps paragraphs and lists readable', () => {
    expect(htmlToText('<p>One &amp; two</p><ul><li>a</li><li>b</li></ul>')).toBe('One & two\n• a\n• b');
  });

  it('drops scripts and styles with their content, and decodes entities once', () => {
    expect(htmlToText('<script>alert(1)</script><style>p{}</style>x &amp;lt;b&amp;gt; &#233;&#x1F600;')).toBe(
      'x &lt;b&gt; é😀',
    );
  });

  it('leaves unknown and impossible entities as they are', () => {
    expect(htmlToText('&nope; &#0; &#99999999;')).toBe('&nope; &#0; &#99999999;');
  });
});
