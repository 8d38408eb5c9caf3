// SPDX-License-Identifier: GPL-3.0-or-later
// look.js - look at HTML pages with a browser: what it finds wrong, a line each
//
//	node look.js CHROMIUM PAGE...
//
// At three widths, light and dark, folded and unfolded: nothing to scroll
// sideways, no error, nothing loaded, nothing that axe finds. Then that the
// filter and the keys work, and that the page can be read without its script.
// Prints nothing about a page that is in order; the exit code is 0 unless the
// browser fails.
"use strict";
const path = require("path");
const puppeteer = require("puppeteer-core");
const axe = require("axe-core").source;

const WIDTHS = [360, 768, 1440];
const SCHEMES = ["light", "dark"];

// An open page whose errors and requests are reported by say().
async function openPage(browser, file, say, {width = 1440, scheme = "light", script = true} = {}) {
	const page = await browser.newPage();
	const url = `file://${path.resolve(file)}`;

	page.on("console", message => say(`console: ${message.text()}`));
	page.on("pageerror", error => say(`error: ${error.message}`));
	page.on("request", request => {
		if (request.url().replace(/#.*/, "") !== url)
			say(`request: ${request.url()}`);
	});
	await page.setJavaScriptEnabled(script);
	await page.setViewport({width, height: 900});
	await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: scheme}]);
	await page.goto(url);
	return page;
}

async function checkWidth(page, say) {
	const wide = await page.evaluate(() => ({
		page: document.documentElement.scrollWidth,
		window: document.documentElement.clientWidth,
	}));

	if (wide.page > wide.window)
		say(`scrolls sideways: ${wide.page} of ${wide.window} px`);
}

// A browser says nothing of the markers of a list: numbers stand left of it.
async function checkNumbers(page, say) {
	const cut = await page.evaluate(() => [...document.querySelectorAll("ol > li")].find(li => {
		const body = getComputedStyle(document.body);
		const room = li.getBoundingClientRect().left -
			document.body.getBoundingClientRect().left - parseFloat(body.paddingLeft);
		const digits = String(li.value).length;

		return li.offsetHeight > 0 && room < parseFloat(body.fontSize) * (digits + 1) * 0.5;
	})?.textContent.slice(0, 80));

	if (cut)
		say(`a number sticks out: ${cut}`);
}

async function checkAccess(page, say) {
	const found = await page.evaluate(async () => {
		const {violations} = await axe.run();

		return violations.map(({id, nodes}) =>
			`${id} (${nodes.length}): ${nodes[0].html.slice(0, 200)}`);
	});

	found.forEach(what => say(`axe: ${what}`));
}

async function checkLooks(browser, file, say) {
	for (const width of WIDTHS)
		for (const scheme of SCHEMES) {
			const here = what => say(`${width} ${scheme}: ${what}`);
			const page = await openPage(browser, file, here, {width, scheme});

			await checkWidth(page, here);
			await checkNumbers(page, here);
			await page.evaluate(() => document.querySelectorAll("details")
				.forEach(details => { details.open = true; }));
			await checkWidth(page, here);
			await page.evaluate(axe);
			await checkAccess(page, here);
			await page.close();
		}
}

const state = page => page.evaluate(() => ({
	threads: [...document.querySelectorAll("article")].filter(x => !x.hidden).map(x => x.id),
	lines: [...document.querySelectorAll(".front li, .since li")]
		.filter(x => x.offsetHeight > 0).length,
	headings: [...document.querySelectorAll(".front h2, .since h3, .list > h2")]
		.filter(x => x.offsetHeight > 0).length,
	count: document.querySelector("output").value,
	at: document.activeElement.closest("article")?.id ?? document.activeElement.localName,
	open: document.activeElement.closest("article")?.querySelector("details.mails")?.open,
}));

async function checkFilter(page, expect) {
	const all = await state(page);
	// A word of the last title that as few threads as possible have.
	const word = await page.evaluate(() => {
		const articles = [...document.querySelectorAll("article")];
		const texts = articles.map(article => article.textContent.toLowerCase());
		const rarity = word => texts.filter(text => text.includes(word)).length;

		return articles.at(-1).querySelector("h3 a:last-child").textContent
			.toLowerCase().split(/\s+/).filter(Boolean)
			.reduce((a, b) => rarity(b) < rarity(a) ? b : a);
	});

	expect("counts all",
		all.count.match(/\d+/g)?.join() === `${all.threads.length},${all.threads.length}`);
	await page.keyboard.press("/");
	expect("/ goes to the filter", (await state(page)).at === "input");
	await page.keyboard.type(word.toUpperCase());
	const some = await state(page);
	expect("filters threads", some.threads.length < all.threads.length &&
		some.threads.includes(all.threads.at(-1)));
	expect("filters the front page", some.lines < all.lines);
	expect("counts what is left", some.count !== all.count);
	await page.keyboard.type(" zqxj");
	const none = await state(page);
	expect("all words must be there", none.threads.length === 0 && none.lines === 0);
	expect("no heading without anything below it", none.headings === 0);
	await page.keyboard.press("Escape");
	expect("Esc shows all", JSON.stringify(await state(page)) ===
		JSON.stringify({...all, at: "body"}));
	const category = await page.evaluate(() =>
		document.querySelector("article").dataset.category);
	await page.select("select", category);
	const chosen = await state(page);
	expect("filters by category", chosen.threads.includes(all.threads[0]) &&
		chosen.threads.length < all.threads.length);
	await page.keyboard.press("Escape");
}

async function checkKeys(page, expect) {
	const {threads} = await state(page);

	await page.keyboard.press("j");
	expect("j goes to the first thread", (await state(page)).at === threads[0]);
	await page.keyboard.press("j");
	expect("j to the next", (await state(page)).at === threads[1]);
	await page.keyboard.press("m");
	expect("m opens its mails", (await state(page)).open === true);
	await page.keyboard.press("m");
	expect("m closes them", (await state(page)).open === false);
	await page.keyboard.press("k");
	expect("k goes back", (await state(page)).at === threads[0]);
	await page.keyboard.press("f");
	expect("f goes to the front page", await page.evaluate(() => scrollY) === 0);
	await page.evaluate(() => {
		document.querySelector("form details").open = true;
		document.querySelector("input[type=checkbox]").click();
	});
	await page.keyboard.press("j");
	expect("keys can be turned off", !(await state(page)).at.startsWith("t"));
}

// What a mail might get into the page does not run, should it ever get there.
async function checkPolicy(browser, file, expect) {
	const page = await openPage(browser, file, () => {});

	await page.evaluate(() => {
		const script = document.createElement("script");

		script.textContent = "window.ran = true";
		document.body.append(script);
		document.body.insertAdjacentHTML("beforeend",
			"<img src=x onerror='window.ran = true'><p style='color: red' id=red>x</p>");
	});
	await new Promise(done => setTimeout(done, 200));
	expect("nothing foreign runs", await page.evaluate(() =>
		!window.ran && getComputedStyle(document.querySelector("#red")).color !== "rgb(255, 0, 0)"));
	await page.close();
}

async function checkWithoutScript(browser, file, say, expect) {
	const page = await openPage(browser, file, say, {script: false});
	const seen = await page.evaluate(() => ({
		form: !document.querySelector("form") ||
			getComputedStyle(document.querySelector("form")).display === "none",
		threads: [...document.querySelectorAll("article")].every(x => x.offsetHeight > 0),
	}));

	expect("without the script, all threads and no filter", seen.form && seen.threads);
	await page.close();
}

async function checkSkipLink(browser, file, say, expect) {
	const page = await openPage(browser, file, say);

	await page.keyboard.press("Tab");
	expect("the first Tab shows where one can skip to", await page.evaluate(() => {
		const link = document.activeElement;
		const box = link.getBoundingClientRect();

		return link.matches(".skip") && box.left >= 0 && box.top >= 0 &&
			document.querySelector(link.getAttribute("href")) !== null;
	}));
	await page.close();
}

async function checkPage(browser, file) {
	const seen = new Set();
	const say = what => {
		if (!seen.has(what))
			console.log(`${path.basename(file)}: ${what}`);
		seen.add(what);
	};
	const expect = (what, holds) => holds || say(`fails: ${what}`);
	const page = await openPage(browser, file, say);

	if (await page.$("form")) {
		await checkFilter(page, expect);
		await checkKeys(page, expect);
	}
	await page.close();
	await checkLooks(browser, file, say);
	await checkPolicy(browser, file, expect);
	await checkWithoutScript(browser, file, say, expect);
	if (await (await openPage(browser, file, say)).$("article ~ script, main ~ script"))
		await checkSkipLink(browser, file, say, expect);
}

async function main([chromium, ...files]) {
	const browser = await puppeteer.launch({
		executablePath: chromium,
		// The browser has no sandbox for root, nor has a container.
		args: process.getuid() === 0 ? ["--no-sandbox"] : [],
	});

	try {
		for (const file of files)
			await checkPage(browser, file);
	} finally {
		await browser.close();
	}
}

main(process.argv.slice(2)).catch(error => {
	console.error(error);
	process.exitCode = 1;
});
