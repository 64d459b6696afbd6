package browser

import (
	"slices"
	"strings"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

type action = chromedp.Action[chromedp.Void]

func evaluate(script string) action { return chromedp.Evaluate[chromedp.Void](script) }

// value sets a field, and fires its change event as typing does.
func value(selector, text string) action {
	return chromedp.Steps(
		chromedp.SetValue(chromedp.CSS(selector), text),
		evaluate("document.querySelector(`"+selector+"`).dispatchEvent(new Event(`change`, "+
			"{bubbles: true}))"),
	)
}

func submit(selector string) action {
	return evaluate("document.querySelector(`" + selector + "`).requestSubmit()")
}

// sayYes accepts all dialogs of the page from now on.
func (b *tab) sayYes() {
	questions := chromedp.Events(b.ctx, page.JavascriptDialogOpening)
	go func() {
		for _, err := range questions {
			if err != nil {
				return
			}
			if _, err := chromedp.Call(b.ctx, page.HandleJavaScriptDialog,
				page.HandleJavaScriptDialogParams{Accept: true}); err != nil {
				return
			}
		}
	}()
}

// calmBut is calm, but ignores complaints with a text, such as an expected error reply.
func (b *tab) calmBut(text string) {
	b.t.Helper()
	b.mu.Lock()
	b.complaints = slices.DeleteFunc(b.complaints, func(c string) bool {
		return strings.Contains(c, text)
	})
	b.mu.Unlock()
	b.calm()
}
