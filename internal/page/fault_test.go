package page_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/page"
)

// tables is a page with a case in its tables.
func tables(request, response string) string {
	return "# 标题 {#post}\n\n| 请求参数 | 类型 | 描述\n| --- | --- | ---\n" + request +
		"\n| 返回字典 | 类型 | 描述\n| --- | --- | ---\n" + response
}

const orderPage = "openapi/v3/shop/orders.md"

var faultCases = []struct{ name, file, src, want string }{
	{"no tables", orderPage, "# 标题 {#post}\n\n文字\n",
		"openapi/v3/shop/orders.md: is read as Markdown, and has no tables; "},
	{"empty", orderPage, "", "openapi/v3/shop/orders.md: is empty; "},
	{"no response", orderPage, "# 标题 {#post}\n\n| 请求参数 | 类型 | 描述\n| --- | --- | ---\n",
		"orders.md:1: POST has no table of the response; "},
	{"under nothing", orderPage, tables("| a {data-indent=1} | string | 甲\n", ""),
		"orders.md:5: a is indented under nothing; "},
	{"under a string", orderPage,
		tables("| json | object | 体\n| a {data-indent=1} | string | 甲\n"+
			"| b {data-indent=2} | string | 乙\n", ""),
		"orders.md:7: b is indented under a, and a string has no fields; "},
	{"unknown type", orderPage, tables("", "| a | strnig | 甲\n"),
		`orders.md:8: a has the unknown type "strnig"; the types are `},
	{"no type", orderPage, tables("", "| a\n"), "orders.md:8: a has no type; "},
	{"bad indent", orderPage, tables("", "| a {data-indent=x} | string | 甲\n"),
		`orders.md:8: a has the indent "x"; `},
	{"bad name", orderPage, tables("", "| 甲 | string | 甲\n"),
		`orders.md:8: "甲" is no field name; `},
	{"unknown cipher", orderPage, tables("", "| a | string {data-encrypted=by-sm4} | 甲\n"),
		`a is encrypted in an unknown way, "by-sm4"; `},
	{"unknown code", orderPage, tables("", "| a | string {data-encoded=by-xml} | 甲\n"),
		`a is encoded in an unknown way, "by-xml"; `},
	{"stray row", orderPage, tables("| a | string | 甲\n", ""),
		"orders.md:5: a is neither a group nor in the path /v3/shop/orders; "},
	{"two strays", "openapi/v3/shop/{id}.md", tables("| a | string | 甲\n| b | string | 乙\n", ""),
		"{id}.md:6: b is neither a group"},
	{"no server", orderPage, tables("| base_uri | string | 无\n", ""),
		"orders.md:5: base_uri names no server; "},
	{"two of a name", orderPage, tables("", "| a | string | 甲\n| a | integer | 甲\n"),
		"orders.md:9: a is integer here and string in line 8; "},
	{"two tables", orderPage, tables("", "") + "| x\n\n| 请求参数 | 类型 | 描述\n",
		"a second table of request parameters; "},
	{"two of a method", orderPage, tables("", "") + "\n" + tables("", ""),
		"POST /v3/shop/orders is already in line 1; "},
	{"other path", orderPage,
		tables("", "") + "\n```php\n$instance->chain('v3/shop/refunds')->post([]);\n```\n",
		"orders.md:10: the sample calls /v3/shop/refunds, but the page is that of " +
			"/v3/shop/orders; "},
	{"other method", orderPage,
		tables("", "") + "\n```php\n$instance->v3->shop->orders->getAsync([]);\n```\n",
		"orders.md:10: the sample sends GET, but the heading says POST; "},
	{"no path", "orders.md", tables("", ""),
		"orders.md: neither the name of the page nor a sample call tells its path; "},
	{"no method", orderPage, strings.Replace(tables("", ""), " {#post}", "", 1),
		"neither a heading nor a sample call tells the method; "},
	{"broken example", orderPage, tables("", "") + "\n```json {#example}\n{\"a\":}\n```\n",
		"orders.md:10: the example is no JSON: "},
	{"older API", "openapi/v2/pay/micropay.md", tables("", ""),
		"micropay.md: is a page of APIv2; "},
	{"binary", "openapi/v3/x.md", "\x89PNG\n\x00\x01", "x.md:2: is a binary file; "},
	{"not UTF-8", "openapi/v3/x.md", "# \n\xff\xfe\n", "x.md:2: is not valid UTF-8; "},
	{"no ciphertext", "webhook/v3/A.B.md", tables("| body | object | 体\n", ""),
		"A.B.md:1: the notification has no ciphertext; "},
	{"empty ciphertext", "webhook/v3/A.B.md", tables("| ciphertext | string | 文\n", ""),
		"A.B.md:5: the notification's ciphertext holds nothing; "},
	{"other event", "webhook/v3/A.B.md",
		tables("| event_type | string | 类型<br/>`A.C` 枚举值\n| ciphertext | string "+
			"{data-encrypted=by-aes-gcm} | 文\n| {colspan=3}\n| a {data-indent=1} | string | 甲\n",
			""),
		"A.B.md:5: event_type is A.C, but the page is that of A.B; "},
	{"two notifications", "webhook/v3/A.B.md", tables("", "") + "\n" + tables("", ""),
		"A.B.md:9: a second notification on the page; "},
	{"prose", "a.txt", "今天天气很好。\n", "a.txt: is read as text, and has neither the tables of a " +
		"community page (请求参数, 返回字典) nor the rows of an official document "},
	{"official, no path", "a.txt", "请求方式：【POST】\n请求参数\n a 必填 string(32)\n",
		"a.txt: is read as an official document, and has no path; "},
	{"official, no method", "a.txt", "接口：/v3/a/b\n请求参数\nbody 包体参数\n a 必填 string(32)\n",
		"a.txt: is read as an official document, and has no method; "},
	{"official, cut off", "a.txt", "请求方式：【POST】/v3/a/b\n请求参数\nbody 包体参数\n a 必填 string(32)\n",
		"a.txt: is read as an official document, and does not tell what comes back; "},
	{"notice without a type", "a.txt", "通知参数\n event_type 必填 string(32)\n resource 必填 object\n",
		"a.txt: is read as an official document of a notification, and names no event_type; "},
	{"notice without a resource", "a.txt", "通知参数\n event_type 必填 string(32)\n【类型】A.B\n" +
		" resource 必填 object\n ciphertext 必填 string\n",
		"a.txt: is read as an official document of a notification, and does not tell what its " +
			"ciphertext holds; "},
	{"older form, no path", "a.txt", "Request method: GET\n" +
		"Name\tVariable Name\tType\tRequired\tDescription\nA\ta\tstring[1,2]\tYes\tQuery a\n",
		"a.txt: is read as a document of the older form, and has no path; "},
	{"older form, no method", "a.txt", "Request URL: https://api.mch.weixin.qq.com/v3/a/b\n" +
		"Name\tVariable Name\tType\tRequired\tDescription\nA\ta\tstring[1,2]\tYes\tQuery a\n",
		"a.txt: is read as a document of the older form, and has no method; "},
	{"text, no row", "a.txt", "标题\n请求参数类型描述\n乱七八糟\n", `a.txt:3: "乱七八糟" is no row; `},
	{"text, no path", "a.txt", "标题\n请求参数类型描述\n返回字典类型描述\n",
		"a.txt: neither the name of the page nor a sample call tells its path; "},
}

func TestManyFaults(t *testing.T) {
	_, faults := parse(orderPage, []byte(tables("", strings.Repeat("| a | strnig | 甲\n", 3000))))
	if len(faults) != 21 || !strings.HasSuffix(faults[20].Error(),
		"orders.md:27: the page has 2980 more faults; mend those above first") {
		t.Errorf("%d faults, the last is %v", len(faults), faults[len(faults)-1])
	}
}

func TestFaults(t *testing.T) {
	for _, c := range faultCases {
		t.Run(c.name, func(t *testing.T) {
			p, faults := parse(c.file, []byte(c.src))
			if p != nil {
				t.Error("a page with faults was returned")
			}
			wantFault(t, faults, c.want)
		})
	}
}

func wantFault(t *testing.T, faults fault.List, want string) {
	t.Helper()
	var got []string
	for _, f := range faults {
		if strings.Contains(f.Error(), want) && f.Mend != "" {
			return
		}
		got = append(got, f.Error())
	}
	t.Errorf("got %q, wanted one with %q", got, want)
}

func TestTooLarge(t *testing.T) {
	_, faults := parse(orderPage, bytes.Repeat([]byte("| a | string | b\n"), 50<<20/17+1))
	wantFault(t, faults, "orders.md: is 51 MB large")
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, faults := parse(orderPage,
		[]byte(tables("| a {data-indent=1} | strnig | 甲\n", "| 甲 | string | 甲\n| b | x | 乙\n")))
	if len(faults) != 3 || faults[0].Line != 5 || faults[2].Line != 10 {
		t.Errorf("got %v, wanted three in the order of the page", faults)
	}
}

// A fault quotes no more of a page than is needed to find the place: a page may hold anything.
func TestFaultsAreShort(t *testing.T) {
	_, faults := parse(orderPage,
		[]byte(tables("", "| "+strings.Repeat("甲", 10000)+" | string | 甲\n")))
	for _, f := range faults {
		if len(f.Error()) > 500 {
			t.Errorf("%d bytes", len(f.Error()))
		}
	}
}

var badCorrections = []struct{ name, line, want string }{
	{"cells", "GET\t/v3/a\tresponse", "c.tsv:1: has 3 cells instead of 6; "},
	{"method", "FETCH\t/v3/a\tresponse\ta\tset\tencrypted", `c.tsv:1: "FETCH" is no method; `},
	{"path", "GET\tv3/a\tresponse\ta\tset\tencrypted",
		`the path "v3/a" does not begin with /v3/ or /brand/; `},
	{"part", "GET\t/v3/a\tbody\ta\tset\tencrypted", `the part is "body"; `},
	{"change", "GET\t/v3/a\tresponse\ta\tdrop\tencrypted", `the change is "drop"; `},
	{"field", "GET\t/v3/a\tresponse\ta..b\tset\tencrypted", `"a..b" is no field; `},
	{"fact", "GET\t/v3/a\tresponse\ta\tset\tsecret", `"secret" is no fact; `},
	{"type", "GET\t/v3/a\tresponse\ta\tset\ttype=int", `"type=int" is no fact; `},
	{"no fact", "GET\t/v3/a\tresponse\ta\tset\t", "says nothing about a; "},
	{"no type", "GET\t/v3/a\tresponse\ta\tadd\trequired", "adds a field without a type; "},
	{"binary", "\x00", "c.tsv:1: is a binary file; "},
}

func TestBadCorrections(t *testing.T) {
	for _, c := range badCorrections {
		t.Run(c.name, func(t *testing.T) {
			set, faults := page.Corrections("c.tsv", []byte(c.line))
			if set != nil {
				t.Error("corrections with faults were returned")
			}
			wantFault(t, faults, c.want)
		})
	}
}
