"""What the watch over each page of the other tests sees."""


def test_the_watch_sees_what_it_watches_for(visit):
    page = visit()
    page.goto("/")
    page.evaluate(
        "document.body.append(Object.assign(new Image(), {src: '//a.test/'}))"
    )
    page.evaluate("setTimeout(() => { throw Error('a mistake') })")
    page.evaluate("() => new Promise(done => setTimeout(done))")
    faults = "\n".join(visit.faults)
    visit.faults.clear()
    assert "CSP img-src http://a.test/" in faults
    assert "foreign request: http://a.test/" in faults
    assert "violates the following Content Security Policy" in faults
    assert "a mistake" in faults
