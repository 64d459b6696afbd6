package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/wxgen/wxgen/internal/mock/fault"
)

// TestPerson acts like a person: requests come in live, one is opened, its order is paid, and the
// notification is looked at and sent again.
func TestPerson(t *testing.T) {
	s := newServer(t)
	b := open(t, s)
	b.size(1080, 720)
	b.visit("/")
	b.see("#live.on")
	b.see(".empty")
	s.order(t, "native", "T2026001", "一杯咖啡")
	b.see("#list #r1")
	s.send(t, "POST", "/v3/payroll-card/authentications/pre-order-with-auth", nil)
	s.missigned(t)
	b.see("#list li.new #r3")
	b.shoot("requests")

	b.run("press keys", chromedp.KeyEvent("jjj"))
	if focused := eval[string](b, "document.activeElement.id"); focused != "r1" {
		t.Errorf("three times j leads to %q, not to the third row", focused)
	}
	b.lookAtRequests()
	b.pay()
	if n := s.notified.Load(); n != 1 {
		t.Errorf("the shop was notified %d times", n)
	}
	b.sendAgain()
	if n := s.notified.Load(); n != 2 {
		t.Errorf("the shop was notified %d times, once by hand", n)
	}
	b.calm()
}

// lookAtRequests opens a good request, and one with a wrong signature.
func (b *tab) lookAtRequests() {
	b.click("#r2")
	b.see(".checks .pass")
	b.see("span.sealed")
	b.shoot("request")
	if n := eval[int](b, `document.querySelectorAll(".checks .fail").length`); n != 0 {
		b.t.Errorf("%d checks failed", n)
	}
	b.visit("/requests/3")
	b.see("#signature .differs .diff")
	b.shoot("signature")
}

// pay refuses an order's payment once, and then pays.
func (b *tab) pay() {
	b.visit("/objects/1")
	b.see(".qr svg")
	b.shoot("object")
	b.click(".acts a.button")
	b.see(".phone .pad")
	b.shoot("pay")
	b.click(".others form[data-call$=refuse] button")
	b.see("#pay .note.bad")
	for _, digit := range "123456" {
		b.click(`[data-key="` + string(digit) + `"]`)
	}
	b.await(`document.querySelectorAll(".dots .full").length === 6`)
	b.click(".pinform button.main")
	b.see(".end.good")
	b.await(`!document.querySelector(".qr")`)
	b.shoot("paid")
}

// sendAgain sends the notification of the payment by hand.
func (b *tab) sendAgain() {
	b.visit("/deliveries")
	b.see("#d1 .pill.good")
	b.shoot("deliveries")
	b.click("#d1")
	b.click(".acts button")
	b.await(`document.querySelectorAll(".tries li.good").length === 2`)
	b.shoot("delivery")
}

// TestControls puts the clock forward, causes a fault, sees it, and resets.
func TestControls(t *testing.T) {
	s := newServer(t)
	b := open(t, s)
	s.order(t, "h5", "T2026002", "书")
	b.visit("/controls")
	b.see("#live.on")
	b.click("#clock form:nth-of-type(4) button")
	b.await(`document.querySelector("#state .now b")?.textContent === "+1h0m0s"`)
	b.run("choose status", value("#kind", "status"))
	b.see("#code")
	b.run("write a path", value("#fpath", "/v3/pay/**"))
	b.click(".faultform button.main")
	b.see("#rules tbody tr")
	b.shoot("controls")
	if status := s.send(t, "GET", "/v3/pay/transactions/out-trade-no/{out_trade_no}",
		nil); status != 500 {
		t.Errorf("the fault does not show: %d", status)
	}
	b.await(`!document.querySelector("#rules tbody tr")`)
	if _, err := s.Faults().Add(fault.Rule{Kind: fault.Lost}); err != nil { // as a shell does
		t.Fatal(err)
	}
	b.see("#rules tbody tr")
	b.run("write a duration that is none", value("#clock input[size]", "soon"))
	b.click("#clock .inline button")
	b.see("#toast.bad")
	b.sayYes()
	b.click("#whole button.bad")
	b.await(`!document.querySelector("#state .now b")`)
	if n := len(s.Objects("", "")); n != 0 {
		t.Errorf("%d objects are left after the reset", n)
	}
	b.calmBut("400 (Bad Request)")
}

// TestForm sends a changed example from the form, and sends it again from the page of the request.
func TestForm(t *testing.T) {
	s := newServer(t)
	b := open(t, s)
	b.visit("/operations")
	b.run("search", value("input[type=search]", "native 下单"), submit("form.find"))
	b.see(".rows.operations a")
	b.visit("/operation?method=POST&path=/v3/pay/transactions/native")
	b.see("#body")
	b.shoot("form")
	b.run("change the amount",
		evaluate(
			`{ const f = document.querySelector("#body"); f.value = f.value.replace(/"total": \d+/, '"total": 9007199254740993'); }`))
	b.click("form.try button.main")
	b.see(".view-request .checks")
	if body := string(s.Exchange(1).Body); !strings.Contains(body, "9007199254740993") {
		t.Errorf("the form sent %s", body)
	}
	b.visit("/operation?method=POST&path=/v3/payroll-card/authentications/pre-order-with-auth")
	b.click("form.try button.main")
	b.see(".sealedfields")
	b.click("#again a.button")
	b.see("#body")
	if text := eval[string](b, `document.querySelector("#body").value`); !strings.Contains(text,
		`"user_name": "张三"`) {
		t.Errorf("the form has sealed fields not in clear: %s", text)
	}
	b.calm()
}

// TestLooks visits all pages in both languages and colours, on a desktop and a phone. None is wider
// than its window.
func TestLooks(t *testing.T) {
	s := newServer(t)
	b := open(t, s)
	s.order(t, "jsapi", "T2026003", "一个很长的商品名称，包含许多文字与一串不会折行的字符 "+strings.Repeat("x", 80))
	s.order(t, "native", "T2026004", "茶")
	s.send(t, "POST", "/v3/payroll-card/authentications/pre-order-with-auth", nil)
	s.missigned(t)
	if err := s.Person("T2026003", "pay", "paid by a test"); err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{
		"list": "/", "request": "/requests/3", "signature": "/requests/4", "objects": "/objects",
		"object": "/objects/1", "native": "/objects/2",
		"pay": "/pay/T2026004", "paid": "/pay/T2026003", "operations": "/operations",
		"service":    "/operations?service=pay",
		"form":       "/operation?method=POST&path=/v3/pay/transactions/native",
		"deliveries": "/deliveries", "delivery": "/deliveries/1",
		"controls": "/controls", "connect": "/connect", "wrong": "/nowhere",
	}
	b.visit("/")
	b.click(".choices a[hreflang=zh]")
	b.await(
		`document.documentElement.lang === "zh" && document.querySelector("h1").textContent === "请求"`)
	b.click(".choices a:last-child")
	b.await(
		`document.documentElement.dataset.theme === "dark" && getComputedStyle(document.body).backgroundColor === "rgb(18, 20, 23)"`)
	for name, path := range pages {
		b.size(1280, 800)
		b.visit(path)
		b.fits(name)
		b.shoot("dark-" + name)
		b.size(390, 844, chromedp.EmulateMobile)
		b.visit(path)
		b.fits(name + " on a phone")
		b.shoot("phone-" + name)
	}
	b.calmBut("404 (Not Found)")
}

// TestHostile checks that harmful text of a client stays text.
func TestHostile(t *testing.T) {
	s := newServer(t)
	b := open(t, s)
	const evil = `</pre></textarea><script>window.harmed=1</script><img src=x onerror="window.harmed=1">"'><svg onload=window.harmed=1>{{.}}`
	s.order(t, "native", "T2026005", evil)
	if err := s.Person("T2026005", "pay", evil); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/", "/requests/1", "/objects/1", "/pay/T2026005?redirect_url=javascript:window.harmed=1",
		"/deliveries/1", "/?text=" + "%22%3E%3Cscript%3Ewindow.harmed=1%3C/script%3E",
		"/operation?method=POST&path=/v3/pay/transactions/native&from=1",
	} {
		b.visit(path)
		if eval[bool](b, "window.harmed === 1") {
			t.Errorf("%s runs what a client sent", path)
		}
	}
	b.calm()
}
