// What every view stands on: the catalogues of words are whole in each language, and whatever a person types becomes a string of
// the notation that the server takes.
export default function ({ test, must, same, makeCase, serve, window }) {
  test('both catalogues have every word, with the plural forms of their language', async () => {
    const desk = await serve(makeCase('words', '').file)
    const w = await window(desk)
    const { missing, forms, holes } = await w.page.evaluate(async () => {
      const [en, ru] = (await Promise.all([import('/words/en.js'), import('/words/ru.js')])).map(m => m.default)
      const names = text => (JSON.stringify(text).match(/\{\w+\}/g) ?? []).sort().filter((n, i, all) => n !== all[i - 1]).join()
      const need = { en: ['one', 'other'], ru: ['other'] }
      const lacks = (catalogue, tag) => Object.entries(catalogue).filter(([, v]) => typeof v === 'object' && !need[tag].every(f => v[f])).map(([k]) => `${tag} ${k}`)
      return {
        missing: [...Object.keys(en).filter(k => !(k in ru)), ...Object.keys(ru).filter(k => !(k in en))],
        forms: [...lacks(en, 'en'), ...lacks(ru, 'ru')],
        holes: Object.keys(en).filter(k => k in ru && names(en[k]) !== names(ru[k]))
      }
    })
    same([missing, forms, holes], [[], [], []], 'keys that one lacks, plural forms that are missing, other {names}')

    const refused = await w.page.evaluate(async () => {
      const { claim, statement, voice, idFrom } = await import('/notation.js')
      const { post, loadSession } = await import('/api.js')
      await loadSession()
      const awkward = ['"', '\\', '\\"', 'a\nb', 'a\r\nb', '\u0000\u0007\u001b[2J\u0085', '# no comment', '    indented', 'é \u202e تجربة 測試', '{"json": [1]}', 'x'.repeat(5000)]
      const bad = []
      for (const text of awkward) {
        const whole = voice({ id: 'v', name: `n${text}`, knownAs: [text + 'a'], contact: text + 'b' }) + claim({ id: 'c', sentence: `s${text}`, note: text }) +
          statement({ voice: 'v', claim: 'c', ground: 'saw', words: text, note: text })
        const answer = await post('check', { text: whole }).catch(error => ({ faults: error.faults.length ? error.faults : [{ what: error.what }] }))
        if (answer.faults?.length) bad.push([text.slice(0, 20), answer.faults[0].what])
      }
      for (const text of ['Двери были закрыты', '測試', 'The the the', '', '  A—B  ']) {
        if (!/^([a-z0-9][a-z0-9-]*)?$/.test(idFrom(text))) bad.push([text, idFrom(text)])
      }
      return bad
    })
    same(refused, [], 'refused')
    w.quiet()
    await w.close()
    await desk.stop()
  })
}
