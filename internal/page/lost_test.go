package page_test

import (
	"testing"

	"github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/page"
)

// TestFactsAreAskedForCopiesAlone checks that a page with its marks, and a text that is no page, do
// without the facts of a description: collecting them takes half a second.
func TestFactsAreAskedForCopiesAlone(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "# A page\n": false,
		"# 标题 {#get}\n\n请求方式：【GET】/v3/a/b\n":           false,
		"标题\n请求方式：【POST】/v3/a/b\n请求参数\n a 必填 string\n": true,
		"Top up\nRequest URL: https://api.mch.weixin.qq.com/v3/a/b\nRequest method: POST\n" +
			"Request Parameters\nName\tVariable Name\tType\tRequired\tDescription\n": true,
		"查询\n请求方式：【GET】/v3/a/b\nHeader HTTP头参数\nAccept 必填 string\n": true,
	} {
		asked := false
		page.Parse("page.txt", []byte(text), func() *known.Description {
			asked = true
			return nil
		})
		if asked != want {
			t.Errorf("asked %v, want %v, for:\n%s", asked, want, text)
		}
	}
}
