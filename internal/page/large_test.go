package page_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/page"
)

// TestLargePages checks that no page delays an import, whatever it repeats. Each takes a tenth of a
// second or less; the limit leaves room for the race detector and a busy machine.
func TestLargePages(t *testing.T) {
	const head = "标题\n请求方式：【POST】/v3/a/b\n请求参数\nbody 包体参数\n a 必填 string\n"
	const table = "Request URL: https://api.mch.weixin.qq.com/v3/a/b\nRequest method: POST\n" +
		"2. Request Parameters\nName\tVariable Name\tType\tRequired\tDescription\n" +
		"A\ta\tstring[1,32]\tYes\tBody A\n"
	for _, unit := range []string{
		"{", "{\"", "{\"a\":", "[", "a 必填 string ", "必填 string(32) ", "a_b_c ", "a string ",
		"a\tstring\n", "A\ta\tstring\tYes\n", "【", "(", "`", "|", "| a | b |\n",
		"A: b", "VALUE: 值\n", "二选一", "可选取值\n", "加密", "-", "https://api.mch.weixin.qq.com/v3/a ",
		"[a](", "\\", "\n", " ", "需要", "更新时间：", "属性 ", "a 选填 object\n属性\n", "400\n",
		"$instance->v3->",
	} {
		for _, start := range []string{head, table, "请求参数类型描述\n"} {
			text := start + strings.Repeat(unit, 8_000/len(unit))
			begun := time.Now()
			page.Parse("page.txt", []byte(text), nil)
			if took := time.Since(begun); took > 20*time.Second {
				t.Errorf("%q repeated takes %v", unit, took)
			}
		}
	}
}
