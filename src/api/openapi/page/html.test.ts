import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Html, html, prose } from './html.ts';

describe('html', () => {
  it('escapes texts in elements and attributes', () => {
    const text = `<script>alert("x")</script> & 'y'`;

    assert.equal(
      html`<p title="${text}">${text}</p>`.text,
      '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;</p>',
    );
  });

  it('takes HTML, numbers, lists and nothing', () => {
    assert.equal(html`<ul>${[html`<li>${1}</li>`, '<', undefined]}</ul>`.text, '<ul><li>1</li>&lt;</ul>');
  });

  it('leaves constants as they are', () => {
    assert.equal(html`${Html.constant('<b>')}`.text, '<b>');
  });
});

describe('prose', () => {
  it('marks code', () => {
    assert.equal(prose('Ask `<x>` & see').text, 'Ask <code>&lt;x&gt;</code> &amp; see');
  });
});
