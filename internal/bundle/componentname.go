package bundle

import (
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/route"
)

// componentName is the last part of a pointer, with the prefix of its file.
func (b *bundler) componentName(of sourceFile, pointer string) string {
	name := path.Base(pointer)
	if pointer == "" || pointer == "/" {
		name = strings.TrimSuffix(path.Base(of.name), path.Ext(of.name))
	}
	known, ok := b.prefixes[of.name]
	if !ok {
		known = prefixOf(of)
		b.prefixes[of.name] = known
	}
	return known + exported(name)
}

// prefixOf is the prefix of a file's components: the name of its one service, or Webhook, or else
// that of the file. The shared components.yaml has none.
func prefixOf(f sourceFile) string {
	var services []string
	for key := range layout.Pairs(layout.Get(f.root, "paths")) {
		if s := route.Service(key.Value); s != "" && !slices.Contains(services, s) {
			services = append(services, s)
		}
	}
	switch {
	case len(services) == 1:
		return prefix(services[0])
	case len(services) == 0 && layout.Get(f.root, "webhooks") != nil:
		return webhookPrefix
	}
	stem := strings.TrimSuffix(f.name, path.Ext(f.name))
	if stem == "components" {
		return ""
	}
	return prefix(strings.TrimPrefix(stem, route.Spaces[0]+"/"))
}

const webhookPrefix = "Webhook"

// prefix is a service's name as part of other names: "brand/marketing" is BrandMarketing.
func prefix(service string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(service, "/") {
		b.WriteString(exported(part))
	}
	return b.String()
}

// exported is a name in PascalCase. Text without letters for that, such as Chinese, stays as it is.
func exported(name string) string {
	if spelt, err := names.Exported(name); err == nil {
		return spelt
	}
	return name
}
