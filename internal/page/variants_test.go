package page_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/page"
)

// People get the site's pages in many ways, and each way changes something without meaning. A
// variant makes such a change.
type variant struct {
	name   string
	change func(string) string
}

func replacing(pairs ...string) func(string) string {
	r := strings.NewReplacer(pairs...)
	return r.Replace
}

func matching(pattern, by string) func(string) string {
	re := regexp.MustCompile(pattern)
	return func(s string) string { return re.ReplaceAllString(s, by) }
}

func both(first, second func(string) string) func(string) string {
	return func(s string) string { return second(first(s)) }
}

const row = `(?m)^ ?([\w.-]+) 　(必填|选填)[　 ]+(\S+)$`

var variants = []variant{
	{"lines end as on Windows", replacing("\n", "\r\n")},
	{"no blank lines", matching(`\n\s*\n+`, "\n")},
	{"more blank lines", replacing("\n", "\n\n")},
	{"one blank between cells", matching(row, "$1 $2 $3")},
	{"no-break spaces", replacing("　", "\u00a0", " 必填", "\u00a0必填")},
	{"tabs between cells", matching(row, "$1\t$2\t$3")},
	{"cells on lines of their own", matching(row, "$1\n\n$2\n\n$3")},
	{"cells and text on one line",
		both(matching(row, "$1 $2 $3"), matching(`(必填|选填) (\S+)\n\n【`, "$1 $2 【"))},
	{"names as code", matching(row, "`$1` $2 $3")},
	{"bold names", matching(row, "**$1** $2 $3")},
	{"bullets", matching(row, "- $1 $2 $3")},
	{"round bullets", matching(row, "• $1 $2 $3")},
	{"marks in brackets", matching(row, "$1（$2）$3")},
	{"type before mark", matching(row, "$1 $3 $2")},
	{"wide parentheses",
		both(matching(row, "$1 $2 $3"), matching(`(string|array)\((\d+)\)`, "$1（$2）"))},
	{"half-width colons", replacing("：", ":")},
	{"headings", matching(`(?m)^(接口说明|请求参数|请求示例|应答参数|应答示例|错误码|[23]\. .*|4\. .*)$`, "## $1")},
	{"numbered headings", matching(`(?m)^(接口说明|请求参数|请求示例|应答参数|应答示例|错误码)$`, "3.1、$1")},
	{"method as code", matching(`】(/v3\S+)`, "】`$1`")},
	{"method with blanks", matching(`请求方式：【(\w+)】`, "请求方式 : [$1] ")},
	{
		"links", matching(`请参考签名认证|点击查看`,
			"[$0](https://pay.weixin.qq.com/doc/v3/merchant/4012365342#%E8)"),
	},
	{"a picture before the fields",
		replacing("\t属性", "![](https://gtimg.wechatpay.cn/x_32x32.svg)属性")},
	{"escaped names", both(matching(row, "$1 $2 $3"), replacing(`_no `, `\_no `, `_id `, `\_id `))},
	{"numbers beside the sample", numbered},
	{"the sample on one line", oneLine},
	{"values in a row", matching(`(?m)(取值\n)(.*)\n(.*: .*)\n`, "$1$2$3\n")},
	{"codes in a table", codesInTable("| ", " | ", " |")},
	{"codes with tabs", codesInTable("", "\t", "")},
	{"codes with blanks", codesInTable("", " ", "")},
	{"the date glued to the text", matching(`(更新时间：\d{4}\.\d\d\.\d\d)\n`, "$1")},
	{"Chinese dates", matching(`更新时间：(\d{4})\.(\d\d)\.(\d\d)`, "更新时间：${1}年${2}月${3}日")},
}

// numbered adds line numbers to samples, as the site does.
func numbered(s string) string {
	lines := strings.Split(s, "\n")
	n := 0
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "curl -X") || line == "{":
			n = 1
		case line == "" || strings.HasPrefix(line, "应答参数"):
			n = 0
		}
		if n > 0 {
			lines[i] = string(rune('0'+n%10)) + line
			n++
		}
	}
	return strings.Join(lines, "\n")
}

var samples = regexp.MustCompile(`(?s)\{\n  .*?\n  ?\}`)

// oneLine joins the lines of samples, as some crawlers do.
func oneLine(s string) string {
	return samples.ReplaceAllStringFunc(s, func(m string) string {
		return strings.ReplaceAll(m, "\n", " ")
	})
}

// codesInTable writes the error codes as rows.
func codesInTable(open, between, end string) func(string) string {
	cells := regexp.MustCompile(`(?m)^(状态码|\d{3})\n\n(\S+)\n\n(\S+)\n\n(\S+)\n`)
	return func(s string) string {
		return cells.ReplaceAllString(s,
			open+strings.Join([]string{"$1", "$2", "$3", "$4"}, between)+end+"\n")
	}
}

var lineMark = regexp.MustCompile(`\(line \d+\)`)

// TestVariants checks that a page has the same facts in every variant.
func TestVariants(t *testing.T) {
	files, err := filepath.Glob("testdata/official/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := said(t, string(src))
		changed := false
		for _, v := range variants {
			text := v.change(string(src))
			if text == string(src) {
				continue
			}
			changed = true
			t.Run(filepath.Base(file)+"/"+v.name, func(t *testing.T) {
				if got := said(t, text); got != want {
					t.Errorf("got:\n%s\nwanted:\n%s", got, want)
				}
			})
		}
		if !changed {
			t.Errorf("no variant changes %s", file)
		}
	}
}

// said prints the facts of a page.
func said(t *testing.T, text string) string {
	t.Helper()
	pages, faults := page.Parse("page.txt", []byte(text), nil)
	for _, f := range faults {
		t.Error(f)
	}
	var b strings.Builder
	for _, p := range pages {
		b.WriteString(lineMark.ReplaceAllString(show(p), ""))
	}
	return b.String()
}
