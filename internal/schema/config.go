package schema

import "github.com/wxgen/wxgen/internal/config"

// Config returns the schema of wxgen.yaml, in which verbs have flags of their own.
func Config(verbs config.Verbs) []byte {
	properties := m{}
	for _, key := range config.Keys {
		properties[key.Name] = setting(key.Flag)
	}
	for verb, flags := range verbs {
		own := m{}
		for _, f := range flags {
			own[f.Name] = setting(f)
		}
		properties[verb] = m{
			"type": []string{"object", "null"}, "properties": own, "additionalProperties": false,
			"description": "Flags of wxgen " + verb + " alone.",
		}
	}
	return printed(m{
		"$schema": draft, "title": "Settings of wxgen", "type": "object", "properties": properties,
		"additionalProperties": false,
		"description": "What wxgen.yaml holds, so that no command line repeats it. A flag on the " +
			"command line wins. " +
			"Paths are relative to the folder of the file.",
	})
}

// setting is the schema of a flag's value.
func setting(f config.Flag) m {
	s := words(f.Words)
	switch f.Kind {
	case config.Truth:
		s = m{"type": "boolean"}
	case config.Count:
		s = m{"type": "integer"}
	case config.List:
		s = m{"anyOf": []m{words(f.Words), {"type": "array", "items": words(f.Words)}}}
	}
	s["description"] = f.Doc
	return s
}
